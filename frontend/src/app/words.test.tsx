import { screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import { AccountFrame } from "@/features/account/AccountFrame";
import { AccountPage } from "@/features/account/AccountPage";
import { DataPage } from "@/features/account/DataPage";
import { DevicesPage } from "@/features/account/DevicesPage";
import { SecurityPage } from "@/features/account/SecurityPage";
import { WatchingPage } from "@/features/account/WatchingPage";
import { DevicePage } from "@/features/auth/DevicePage";
import { ResetPage } from "@/features/auth/ResetPage";
import { ResetRequestPage } from "@/features/auth/ResetRequestPage";
import { SecondFactor } from "@/features/auth/SecondFactor";
import { SignInPage } from "@/features/auth/SignInPage";
import { SignUpPage } from "@/features/auth/SignUpPage";
import { VerifyEmailPage } from "@/features/auth/VerifyEmailPage";
import { WelcomePage } from "@/features/auth/WelcomePage";
import { EditProfilePage } from "@/features/profiles/EditProfilePage";
import { ManageProfilesPage } from "@/features/profiles/ManageProfilesPage";
import { NewProfilePage } from "@/features/profiles/NewProfilePage";
import { ProfilesPage } from "@/features/profiles/ProfilesPage";
import { usualCaptions } from "@/lib/captions";
import { spokenLanguages } from "@/lib/languages";
import { siteName } from "@/lib/site";
import { ada, household } from "@/testing/people";
import { hardCoded, speakPseudo } from "@/testing/pseudo";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";

const given = [
  siteName,
  household.email,
  // What browsers know: languages and days.
  "English",
  "Deutsch",
  "January 1, 1970",
  ...spokenLanguages.map((tag) => new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag),
  household.plan?.name ?? "",
  ...household.profiles.map(({ name }) => name),
].filter(Boolean);

const activeProfile = {
  id: ada.id,
  audioLanguage: null,
  audioDescription: false,
  subtitleLanguage: null,
  subtitlesDescribeSound: false,
  autoplayNext: true,
  autoplayPreviews: true,
  captionStyle: usualCaptions,
};
const answers = {
  Watching: () => ({ viewer: { id: household.id, activeProfile } }),
  Erasure: () => ({ viewer: { id: household.id, erasesAt: null } }),
  Tokens: () => ({ viewer: { id: household.id, tokens: { edges: [] } } }),
  "GET /account/authenticators": () => ({
    data: [
      { type: "totp", created_at: 1, last_used_at: null },
      { type: "webauthn", id: 1, name: "1234", created_at: 1, last_used_at: null },
      { type: "recovery_codes", created_at: 1, last_used_at: null, unused_code_count: 3 },
    ],
  }),
  "GET /account/email": () => ({ data: [{ email: household.email, verified: true, primary: true }] }),
  "GET /auth/sessions": () => ({ data: [] }),
  "GET /auth/password/reset": () => ({ data: {} }),
  "GET /auth/email/verify": () => ({ data: { email: household.email } }),
};

/** Every page of people and their account, with little on it but words of its own. */
const pages: [name: string, path: string, page: ReactNode, at?: string][] = [
  ["welcome", "/", <WelcomePage key="" />],
  ["sign in", "/login", <SignInPage key="" />],
  ["sign up", "/signup", <SignUpPage key="" />],
  [
    "second factor",
    "/login",
    <SecondFactor
      key=""
      factors={["totp", "recovery_codes"]}
      faults={[]}
      error={null}
      busy={false}
      onAttempt={() => undefined}
    />,
  ],
  ["reset", "/reset-password", <ResetRequestPage key="" />],
  ["new password", "/reset-password/$key", <ResetPage key="" />, "/reset-password/1"],
  ["verify", "/verify-email/$key", <VerifyEmailPage key="" />, "/verify-email/1"],
  ["device code", "/device", <DevicePage key="" />],
  ["profiles", "/profiles", <ProfilesPage key="" />],
  ["manage profiles", "/profiles/manage", <ManageProfilesPage key="" />],
  ["new profile", "/profiles/new", <NewProfilePage key="" />],
  ["change profile", "/profiles/$profileId", <EditProfilePage key="" />, `/profiles/${ada.id}`],
  ["account frame", "/account", <AccountFrame key="" />],
  ["account", "/account", <AccountPage key="" />],
  ["watching", "/account/watching", <WatchingPage key="" />],
  ["devices", "/account/devices", <DevicesPage key="" />],
  ["data", "/account/data", <DataPage key="" />],
  ["security", "/account/security", <SecurityPage key="" />],
];

test.each(pages)("every word of the %s page is in the catalogue", async (name, path, page, at = path) => {
  await speakPseudo();
  serve(answers);
  const { client } = await show(page, { at, path, viewer: household });
  await screen.findAllByText(/⟦/);
  await waitFor(() => expect(client.isFetching()).toBe(0));

  expect(hardCoded(document.body, given)).toEqual([]);
  if (!["account frame", "second factor"].includes(name) && !path.includes("$profileId"))
    expect(document.title).toMatch(/⟦/);
});

test("a word that is in no catalogue is found, and what was given to show is not", async () => {
  await speakPseudo();
  await show(
    <p title="Tip">
      Ada <b>Hello</b>
    </p>,
  );
  expect(hardCoded(document.body, ["Ada"])).toEqual(["Hello", "Tip"]);
});
