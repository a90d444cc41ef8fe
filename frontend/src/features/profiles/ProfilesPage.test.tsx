import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ada, grandfather, household, mio } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { ProfilesPage } from "./ProfilesPage";

const nobodyYet = { ...household, activeProfile: null };
const stage = { at: "/profiles?next=%2Fmy-list", path: "/profiles", viewer: nobodyYet };

test("choosing a face makes it the one that watches, forgets other answers, and goes on", async () => {
  const keys = userEvent.setup();
  const asked = serve({
    ActivateProfile: () => ({ activateProfile: { profile: { id: ada.id, name: ada.name }, errors: [] } }),
    Viewer: () => ({ viewer: household }),
  });
  const { client, router } = await show(<ProfilesPage />, stage);
  client.setQueryData([mio.id, "home"], "what the child was shown");

  await keys.click(screen.getByRole("button", { name: "Ada" }));
  await screen.findByText("elsewhere");

  expect(asked[0]?.variables).toEqual({ input: { profileId: ada.id } });
  expect(client.getQueryData([mio.id, "home"])).toBeUndefined();
  expect(router.state.location.pathname).toBe("/my-list");
});

test("a child's profile and a locked one are said to be so", async () => {
  await show(<ProfilesPage />, stage);

  expect(screen.getByRole("button", { name: "Mio, kids" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Grandfather, asks for a PIN" })).toBeTruthy();
});

test("a locked profile takes a pasted PIN, and a wrong one is said and taken away", async () => {
  const keys = userEvent.setup();
  const sentence = "That is not the PIN of this profile.";
  const asked = serve({
    ActivateProfile: () => ({
      activateProfile: { profile: null, errors: [{ field: "pin", code: "WRONG_PIN", message: sentence }] },
    }),
  });
  await show(<ProfilesPage />, stage);

  await keys.click(screen.getByRole("button", { name: /Grandfather/ }));
  const field = screen.getByLabelText("PIN") as HTMLInputElement;
  await keys.click(field);
  await keys.paste("12 34");

  await screen.findByText(sentence);
  expect(asked[0]?.variables).toEqual({ input: { profileId: grandfather.id, pin: "1234" } });
  expect(field.value).toBe("");
});

test("figures of the pad make a PIN, sent with the last one", async () => {
  const keys = userEvent.setup();
  const asked = serve({
    ActivateProfile: () => ({ activateProfile: { profile: null, errors: [] } }),
    Viewer: () => ({ viewer: household }),
  });
  await show(<ProfilesPage />, stage);

  await keys.click(screen.getByRole("button", { name: /Grandfather/ }));
  for (const figure of ["4", "0", "9"]) await keys.click(screen.getByRole("button", { name: figure }));
  await keys.click(screen.getByRole("button", { name: "Take back" }));
  expect(asked).toEqual([]);
  for (const figure of ["7", "7"]) await keys.click(screen.getByRole("button", { name: figure }));

  await screen.findByText("elsewhere");
  expect(asked[0]?.variables).toEqual({ input: { profileId: grandfather.id, pin: "4077" } });
});

test("an account without profiles is asked for the first one, and it watches at once", async () => {
  const keys = userEvent.setup();
  const asked = serve({
    CreateProfile: () => ({ createProfile: { profile: { ...ada }, errors: [] } }),
    ActivateProfile: () => ({ activateProfile: { profile: { id: ada.id, name: ada.name }, errors: [] } }),
    Viewer: () => ({ viewer: household }),
  });
  await show(<ProfilesPage />, { ...stage, viewer: { ...nobodyYet, profiles: [] } });

  await keys.type(screen.getByLabelText("Name"), "Ada");
  await keys.click(screen.getByLabelText("Fox"));
  await keys.click(screen.getByRole("button", { name: "Start watching" }));
  await screen.findByText("elsewhere");

  expect(asked[0]?.variables).toEqual({
    input: { name: "Ada", avatar: "fox", isKids: false, language: "en" },
  });
  expect(asked[1]?.variables).toEqual({ input: { profileId: ada.id } });
});

test("from a child's profile no other can be made", async () => {
  await show(<ProfilesPage />, {
    ...stage,
    viewer: { ...household, activeProfile: { id: mio.id, name: mio.name, avatar: mio.avatar, isKids: true } },
  });

  expect(screen.queryByRole("link", { name: "New profile" })).toBeNull();
  expect(screen.queryByRole("link", { name: "Manage profiles" })).toBeNull();
});

test("a household as large as its plan says so by offering no place", async () => {
  const plan = { name: "Small", maxStreams: 1, maxHeight: 1080, maxProfiles: 3 };
  await show(<ProfilesPage />, { ...stage, viewer: { ...nobodyYet, plan } });

  expect(screen.queryByRole("link", { name: "New profile" })).toBeNull();
  expect(screen.getByRole("link", { name: "Manage profiles" })).toBeTruthy();
});

test("the arrow keys go from face to face", async () => {
  const keys = userEvent.setup();
  await show(<ProfilesPage />, stage);

  screen.getByRole("button", { name: "Ada" }).focus();
  await keys.keyboard("{ArrowRight}{ArrowRight}");

  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Mio, kids" }));
});
