import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { SignInPage } from "./SignInPage";

async function fillIn(password: string) {
  const keys = userEvent.setup();
  await keys.type(screen.getByLabelText("E-mail"), "ada@example.org");
  await keys.type(screen.getByLabelText("Password"), password);
  await keys.click(screen.getByRole("button", { name: "Sign in" }));
  return keys;
}

test("a wrong password is said at once, and what was typed stays", async () => {
  const sentence = "That e-mail and password do not belong together.";
  serve({
    SignIn: () => ({
      signIn: { viewer: null, errors: [{ field: null, code: "INVALID_CREDENTIALS", message: sentence }] },
    }),
  });
  await show(<SignInPage />, { at: "/login" });

  await fillIn("wrong");

  expect((await screen.findByText(sentence)).closest('[role="alert"]')).toBeTruthy();
  expect((screen.getByLabelText("E-mail") as HTMLInputElement).value).toBe("ada@example.org");
});

test("signing in asks for a cookie and goes to where one was on the way to", async () => {
  const asked = serve({
    SignIn: () => ({ signIn: { viewer: { id: household.id, email: household.email }, errors: [] } }),
    Viewer: () => ({ viewer: household }),
  });
  const { router } = await show(<SignInPage />, { at: "/login?next=%2Ftitle%2Falien", path: "/login" });

  await fillIn("right");
  await screen.findByText("elsewhere");

  expect(asked[0]).toEqual({
    operation: "SignIn",
    variables: { input: { email: "ada@example.org", password: "right", code: null, transport: "COOKIE" } },
  });
  expect(router.state.location.pathname).toBe("/title/alien");
});

test("whoever has profiles and none chosen is asked who is watching, and not sent astray", async () => {
  serve({
    SignIn: () => ({ signIn: { viewer: { id: household.id, email: household.email }, errors: [] } }),
    Viewer: () => ({ viewer: { ...household, activeProfile: null } }),
  });
  const { router } = await show(<SignInPage />, { at: "/login?next=%2Ftitle%2Falien", path: "/login" });

  await fillIn("right");
  await screen.findByText("elsewhere");

  expect(router.state.location.href).toBe("/profiles?next=%2Ftitle%2Falien");
});

test("an account with a second factor is asked for its code", async () => {
  const asked = serve({
    SignIn: ({ input }: { input: { code: string | null } }) => ({
      signIn: {
        viewer: null,
        errors: input.code
          ? [{ field: "code", code: "INVALID_CREDENTIALS", message: "That code is not right." }]
          : [{ field: "code", code: "SECOND_FACTOR_REQUIRED", message: "Type the code of your app." }],
      },
    }),
  });
  await show(<SignInPage />, { at: "/login" });

  const keys = await fillIn("right");
  await keys.type(await screen.findByLabelText("Code from your app"), "123456");
  await keys.click(screen.getByRole("button", { name: "Sign in" }));

  await screen.findByText("That code is not right.");
  expect(asked[1]?.variables).toMatchObject({ input: { code: "123456" } });
});

test("a server that does not answer is said in words, without losing the form", async () => {
  serve({});
  await show(<SignInPage />, { at: "/login" });

  await fillIn("right");

  await screen.findByText("The server does not answer. Check your connection and try again.");
});
