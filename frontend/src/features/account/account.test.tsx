import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ada, household, mio } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { AccountFrame } from "./AccountFrame";
import { AccountPage } from "./AccountPage";
import { DevicesPage } from "./DevicesPage";
import { WatchingPage } from "./WatchingPage";

const chrome = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36";
const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1";
const session = (id: number, user_agent: string, is_current = false) => ({
  id,
  user_agent,
  is_current,
  ip: "192.0.2.7",
  created_at: 1_700_000_000,
  last_seen_at: 1_700_000_000 + id,
});

const usual = {
  id: ada.id,
  audioLanguage: null,
  audioDescription: false,
  subtitleLanguage: null,
  subtitlesDescribeSound: false,
  autoplayNext: true,
  autoplayPreviews: true,
  captionStyle: {
    font: "SANS",
    sizePercent: 100,
    color: "#ffffff",
    opacityPercent: 100,
    edge: "SHADOW",
    backgroundColor: "#000000",
    backgroundOpacityPercent: 0,
    windowColor: "#000000",
    windowOpacityPercent: 0,
  },
};
const choices = () => ({ viewer: { id: household.id, activeProfile: usual } });
const kept = () => ({ updateProfile: { profile: null, errors: [] } });

test("the account is nothing for a child's profile", async () => {
  const activeProfile = { id: mio.id, name: mio.name, avatar: mio.avatar, isKids: true };
  await show(<AccountFrame />, { at: "/account", viewer: { ...household, activeProfile } });

  await screen.findByRole("heading", { name: "The account is for grown-ups" });
  expect(screen.queryByRole("link", { name: "Security" })).toBeNull();
});

test("the language is kept with the profile, and what the server translates is asked for anew", async () => {
  const asked = serve({
    UpdateProfile: kept,
    Viewer: () => ({ viewer: { ...household, profiles: [{ ...ada, language: "de" }] } }),
  });
  const { client } = await show(<AccountPage />, { at: "/account", viewer: household });
  client.setQueryData([ada.id, "home"], "in English");

  await userEvent.setup().click(screen.getByRole("radio", { name: "Deutsch" }));

  await waitFor(() => expect(client.getQueryState([ada.id, "home"])?.isInvalidated).toBe(true));
  expect(asked[0]).toEqual({
    operation: "UpdateProfile",
    variables: { input: { profileId: ada.id, language: "de" } },
  });
});

test("devices are listed, this one first, and one is signed out from here", async () => {
  const list = [session(3, phone), session(1, chrome, true)];
  const asked = serve({
    "GET /auth/sessions": () => ({ data: list }),
    "DELETE /auth/sessions": () => ({ data: list.filter(({ is_current }) => is_current) }),
    Tokens: () => ({ viewer: { id: household.id, tokens: { edges: [] } } }),
  });
  await show(<DevicesPage />, { at: "/account/devices", viewer: household });
  const keys = userEvent.setup();

  const lines = within(await screen.findByRole("list", { name: "Browsers" }));
  await lines.findByText(/Chrome on Windows/);
  expect(lines.getAllByRole("listitem")[0]?.textContent).toContain("Here");
  await keys.click(screen.getByRole("button", { name: "Sign out there: Safari on iPhone" }));

  await waitFor(() => expect(lines.queryByText(/iPhone/)).toBeNull());
  expect(asked.find(({ operation }) => operation.startsWith("DELETE"))?.variables).toEqual({ sessions: [3] });
});

test("what holds a token is listed too, and ended", async () => {
  let tokens = [
    {
      id: "token-1",
      name: "Television in the kitchen",
      scopes: null,
      createdAt: "2026-01-02T10:00:00Z",
      expiresAt: "2027-01-02T10:00:00Z",
      isCurrent: false,
    },
  ];
  const asked = serve({
    "GET /auth/sessions": () => ({ data: [session(1, chrome, true)] }),
    Tokens: () => ({ viewer: { id: household.id, tokens: { edges: tokens.map((node) => ({ node })) } } }),
    RevokeToken: () => {
      tokens = [];
      return { revokeToken: { errors: [] } };
    },
  });
  await show(<DevicesPage />, { at: "/account/devices", viewer: household });

  await userEvent
    .setup()
    .click(await screen.findByRole("button", { name: "Sign out there: Television in the kitchen" }));

  await waitFor(() => expect(screen.queryByText("Television in the kitchen")).toBeNull());
  expect(asked.find(({ operation }) => operation === "RevokeToken")?.variables).toEqual({
    input: { tokenId: "token-1" },
  });
});

test("a choice of sound is seen at once and kept by the server", async () => {
  const asked = serve({ Watching: choices, UpdateProfile: kept });
  await show(<WatchingPage />, { at: "/account/watching", viewer: household });
  const keys = userEvent.setup();

  await keys.selectOptions(await screen.findByLabelText("Audio"), "German");
  await keys.click(screen.getByRole("switch", { name: /^The next episode/ }));

  await screen.findByText("Saved");
  await waitFor(() => expect(asked.filter(({ operation }) => operation === "UpdateProfile")).toHaveLength(2));
  expect(
    asked.filter(({ operation }) => operation === "UpdateProfile").map(({ variables }) => variables),
  ).toEqual([
    { input: { profileId: ada.id, audioLanguage: "de" } },
    { input: { profileId: ada.id, autoplayNext: false } },
  ]);
  expect((screen.getByLabelText("Audio") as HTMLSelectElement).value).toBe("de");
});

test("looks of subtitles are seen in the sample, and go back to the usual ones", async () => {
  const asked = serve({ Watching: choices, UpdateProfile: kept });
  await show(<WatchingPage />, { at: "/account/watching", viewer: household });
  const keys = userEvent.setup();
  const sample = await screen.findByTestId("caption-sample");

  await keys.click(screen.getAllByRole("radio", { name: "Yellow" })[0] as HTMLElement);
  await keys.click(screen.getByRole("radio", { name: "Outline" }));

  expect(sample.style.getPropertyValue("--cue-colour")).toContain("#ffff00");
  expect(sample.style.getPropertyValue("--cue-edge")).toContain("#000000");
  await keys.click(screen.getByRole("button", { name: "As usual" }));
  expect(sample.style.getPropertyValue("--cue-colour")).toContain("#ffffff");
  await waitFor(() => expect(asked.filter(({ operation }) => operation === "UpdateProfile")).toHaveLength(3));
  expect(asked.at(-1)?.variables).toEqual({ input: { profileId: ada.id, captionStyle: usual.captionStyle } });
});

test("a server that says no takes the choice back and says so", async () => {
  serve({
    Watching: choices,
    UpdateProfile: () => new Error("No.", { cause: { code: "FORBIDDEN" } }),
  });
  await show(<WatchingPage />, { at: "/account/watching", viewer: household });

  await userEvent.setup().selectOptions(await screen.findByLabelText("Audio"), "German");

  await screen.findByText("Not from this profile. Switch to another first.");
  await waitFor(() => expect((screen.getByLabelText("Audio") as HTMLSelectElement).value).toBe(""));
});
