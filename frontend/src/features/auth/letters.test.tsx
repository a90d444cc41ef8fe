import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { ResetPage } from "./ResetPage";
import { ResetRequestPage } from "./ResetRequestPage";
import { SignUpPage } from "./SignUpPage";
import { VerifyEmailPage } from "./VerifyEmailPage";

const tooOld = () => ({
  status: 400,
  errors: [{ code: "invalid_password_reset", param: "key", message: "Old." }],
});
const reset = { at: "/reset-password/abc-1", path: "/reset-password/$key" };
const verify = { at: "/verify-email/abc", path: "/verify-email/$key" };

test("a reset is asked for without saying whether there is such an account", async () => {
  const asked = serve({ "POST /auth/password/request": () => ({ status: 200 }) });
  await show(<ResetRequestPage />, { at: "/reset-password" });
  const keys = userEvent.setup();

  await keys.type(screen.getByLabelText("E-mail"), " ada@example.org {Enter}");

  await screen.findByText(/If there is an account of ada@example.org/);
  expect(asked[0]?.variables).toEqual({ email: "ada@example.org" });
  await keys.click(screen.getByRole("button", { name: "Another address" }));
  expect(screen.getByLabelText("E-mail")).toBeTruthy();
});

test("the letter's link leads to a new password, which a weak one is not", async () => {
  const weak = "This password is too common.";
  serve({
    "GET /auth/password/reset": () => ({ data: { user: {} } }),
    "POST /auth/password/reset": ({ password }: { password: string }) =>
      password === "12345678"
        ? { status: 400, errors: [{ code: "password_too_common", param: "password", message: weak }] }
        : { status: 401, data: { flows: [{ id: "login" }] } },
  });
  await show(<ResetPage />, reset);
  const keys = userEvent.setup();

  const field = await screen.findByLabelText("New password");
  await keys.type(field, "12345678{Enter}");
  expect(await screen.findByText(weak)).toBeTruthy();
  await keys.clear(field);
  await keys.type(field, "lamp under the stairs{Enter}");

  await screen.findByRole("heading", { name: "Your password is changed" });
  expect(screen.getByRole("link", { name: "Sign in" })).toBeTruthy();
});

test("a link that was used says so, and how to get another", async () => {
  serve({ "GET /auth/password/reset": tooOld });
  await show(<ResetPage />, reset);

  await screen.findByRole("heading", { name: "This link is no good any more" });
  expect(screen.getByRole("link", { name: "Ask for a new one" }).getAttribute("href")).toBe(
    "/reset-password",
  );
});

test("an address is verified by a press, not by opening the link", async () => {
  const asked = serve({
    "GET /auth/email/verify": () => ({ data: { email: "ada@example.org" } }),
    "POST /auth/email/verify": () => ({ status: 401, data: { flows: [{ id: "login" }] } }),
    Viewer: () => ({ viewer: null }),
  });
  await show(<VerifyEmailPage />, verify);

  await screen.findByText("ada@example.org");
  expect(asked.map(({ operation }) => operation)).toEqual(["GET /auth/email/verify"]);
  await userEvent.setup().click(screen.getByRole("button", { name: "Yes, it is mine" }));

  await screen.findByRole("heading", { name: "Your address is verified" });
  expect(screen.getByRole("link", { name: "Sign in" })).toBeTruthy();
});

test("where addresses are verified first, signing up ends with a letter", async () => {
  serve({ SignUp: () => ({ signUp: { viewer: null, errors: [] } }) });
  await show(<SignUpPage />, { at: "/signup" });
  const keys = userEvent.setup();

  await keys.type(screen.getByLabelText("E-mail"), "ada@example.org");
  await keys.type(screen.getByLabelText("Password"), "lamp under the stairs{Enter}");

  await screen.findByRole("heading", { name: "Look at your mail" });
});

test("where they are not, one is in at once", async () => {
  serve({
    SignUp: () => ({ signUp: { viewer: { id: household.id, email: household.email }, errors: [] } }),
    Viewer: () => ({ viewer: household }),
  });
  await show(<SignUpPage />, { at: "/signup" });
  const keys = userEvent.setup();

  await keys.type(screen.getByLabelText("E-mail"), "ada@example.org");
  await keys.type(screen.getByLabelText("Password"), "lamp under the stairs{Enter}");

  await screen.findByText("elsewhere");
});

test("an invitation in the address goes along, and one that is no good is said to be so", async () => {
  const message = "This invitation is no good.";
  const asked = serve({
    SignUp: () => ({
      signUp: { viewer: null, errors: [{ field: null, code: "INVITATION_REQUIRED", message }] },
    }),
  });
  await show(<SignUpPage />, { at: "/signup#invitation=lti_abc", path: "/signup" });
  const keys = userEvent.setup();
  expect(screen.getByText(/^You are invited/)).toBeTruthy();

  await keys.type(screen.getByLabelText("E-mail"), "nora@example.org");
  await keys.type(screen.getByLabelText("Password"), "lamp under the stairs{Enter}");

  await screen.findByText(message);
  expect(screen.queryByText(/^You are invited/)).toBeNull();
  expect(asked[0]?.variables).toMatchObject({ input: { invitation: "lti_abc" } });
});
