import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ada, grandfather, household, mio } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { EditProfilePage } from "./EditProfilePage";
import { ManageProfilesPage } from "./ManageProfilesPage";
import { NewProfilePage } from "./NewProfilePage";

const path = "/profiles/$profileId";
const updated = () => ({ updateProfile: { profile: null, errors: [] } });
const asChild = {
  ...household,
  activeProfile: { id: mio.id, name: mio.name, avatar: mio.avatar, isKids: true },
};

test("each face leads to where it is changed", async () => {
  await show(<ManageProfilesPage />, { at: "/profiles/manage", viewer: household });

  expect(screen.getByRole("link", { name: "Change Mio, kids" }).getAttribute("href")).toBe(
    `/profiles/${mio.id}`,
  );
  expect(screen.getByRole("link", { name: "Done" })).toBeTruthy();
});

test("a profile is renamed, given a face, a language and a limit, and answers made before are forgotten", async () => {
  const keys = userEvent.setup();
  const asked = serve({ UpdateProfile: updated, Viewer: () => ({ viewer: household }) });
  const { client, router } = await show(<EditProfilePage />, {
    at: `/profiles/${ada.id}`,
    path,
    viewer: household,
  });
  client.setQueryData([ada.id, "home"], "what was shown without a limit");

  const name = screen.getByLabelText("Name");
  await keys.clear(name);
  await keys.type(name, "Ada L.");
  await keys.click(screen.getByLabelText("Owl"));
  await keys.selectOptions(screen.getByLabelText("Language"), "Deutsch");
  await keys.selectOptions(screen.getByLabelText("May watch"), "What is for 12 and younger");
  await keys.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/profiles/manage"));

  expect(asked[0]?.variables).toEqual({
    input: {
      profileId: ada.id,
      name: "Ada L.",
      avatar: "owl",
      language: "de",
      isKids: false,
      maturityLimit: 12,
    },
  });
  expect(client.getQueryData([ada.id, "home"])).toBeUndefined();
});

test("a child is given a child's limit, and none that is for grown-ups", async () => {
  const keys = userEvent.setup();
  const asked = serve({ UpdateProfile: updated, Viewer: () => ({ viewer: household }) });
  const { router } = await show(<EditProfilePage />, { at: `/profiles/${ada.id}`, path, viewer: household });

  await keys.click(screen.getByRole("switch", { name: /This is a child/ }));
  const limits = screen.getByLabelText("May watch") as HTMLSelectElement;
  expect([...limits.options].map(({ value }) => value)).toEqual(["0", "6", "7", "9", "12"]);
  expect(limits.value).toBe("7");
  await keys.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/profiles/manage"));

  expect(asked[0]?.variables).toMatchObject({ input: { isKids: true, maturityLimit: 7 } });
});

test("a PIN is taken away only when that is asked for", async () => {
  const keys = userEvent.setup();
  const asked = serve({ UpdateProfile: updated, Viewer: () => ({ viewer: household }) });
  const { router } = await show(<EditProfilePage />, {
    at: `/profiles/${grandfather.id}`,
    path,
    viewer: household,
  });

  await keys.click(screen.getByRole("button", { name: "Take the PIN away" }));
  await keys.click(screen.getByRole("button", { name: "Keep the PIN" }));
  await keys.click(screen.getByRole("button", { name: "Take the PIN away" }));
  await keys.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/profiles/manage"));

  expect(asked[0]?.variables).toMatchObject({ input: { pin: null } });
});

test("another PIN takes the place of the one there was", async () => {
  const keys = userEvent.setup();
  const asked = serve({ UpdateProfile: updated, Viewer: () => ({ viewer: household }) });
  const { router } = await show(<EditProfilePage />, {
    at: `/profiles/${grandfather.id}`,
    path,
    viewer: household,
  });

  await keys.click(screen.getByRole("button", { name: "Another PIN" }));
  await keys.type(screen.getByLabelText("Another PIN"), "2468");
  await keys.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/profiles/manage"));

  expect(asked[0]?.variables).toMatchObject({ input: { pin: "2468" } });
});

test("a name that another has is said at its field", async () => {
  const keys = userEvent.setup();
  const message = "Another profile has this name. Choose a different one.";
  serve({
    UpdateProfile: () => ({ updateProfile: { errors: [{ field: "name", code: "NAME_TAKEN", message }] } }),
  });
  await show(<EditProfilePage />, { at: `/profiles/${ada.id}`, path, viewer: household });

  await keys.click(screen.getByRole("button", { name: "Save" }));

  await screen.findByText(message);
  expect(screen.getByLabelText("Name").getAttribute("aria-invalid")).toBe("true");
});

test("deleting asks first, with the way out at hand", async () => {
  const keys = userEvent.setup();
  const asked = serve({
    DeleteProfile: () => ({ deleteProfile: { deletedProfileId: mio.id, errors: [] } }),
    Viewer: () => ({ viewer: household }),
  });
  const { router } = await show(<EditProfilePage />, { at: `/profiles/${mio.id}`, path, viewer: household });

  await keys.click(screen.getByRole("button", { name: "Delete this profile" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Keep" })));
  expect(asked).toEqual([]);
  await keys.click(screen.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/profiles/manage"));

  expect(asked[0]?.variables).toEqual({ input: { profileId: mio.id } });
});

test("the only profile cannot be deleted", async () => {
  await show(<EditProfilePage />, {
    at: `/profiles/${ada.id}`,
    path,
    viewer: { ...household, profiles: [ada] },
  });

  expect(screen.queryByRole("button", { name: "Delete this profile" })).toBeNull();
});

test("a new profile speaks the language of whoever makes it", async () => {
  const keys = userEvent.setup();
  const asked = serve({
    CreateProfile: () => ({ createProfile: { profile: { ...mio }, errors: [] } }),
    Viewer: () => ({ viewer: household }),
  });
  await show(<NewProfilePage />, { at: "/profiles/new", viewer: household });

  await keys.type(screen.getByLabelText("Name"), "Lea");
  await keys.click(screen.getByRole("switch", { name: /This is a child/ }));
  await keys.type(screen.getByLabelText(/^PIN/), "1357");
  await keys.click(screen.getByRole("button", { name: "Make the profile" }));
  await screen.findByText("elsewhere");

  expect(asked[0]?.variables).toEqual({
    input: { name: "Lea", avatar: "lantern", isKids: true, language: "en", maturityLimit: 7, pin: "1357" },
  });
});

test.each([
  ["managing", <ManageProfilesPage key="" />, "/profiles/manage", "/profiles/manage"],
  ["making", <NewProfilePage key="" />, "/profiles/new", "/profiles/new"],
  ["changing", <EditProfilePage key="" />, `/profiles/${ada.id}`, path],
])("%s profiles is nothing for a child's profile", async (_, page, at, pattern) => {
  await show(page, { at, path: pattern, viewer: asChild });

  await screen.findByRole("heading", { name: "Profiles are for grown-ups to change" });
});
