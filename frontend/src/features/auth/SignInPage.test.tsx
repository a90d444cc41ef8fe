import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { SignInPage } from "./SignInPage";

const isIn = () => ({ status: 200, data: { user: {} }, meta: { is_authenticated: true } });
const wants = (flow: object) => ({ status: 401, data: { flows: [{ id: "login" }, flow] }, meta: {} });
const wrong = (code: string, message: string, param?: string) => ({
  status: 400,
  errors: [{ code, message, param }],
});
const secondFactor = (...types: string[]) => wants({ id: "mfa_authenticate", is_pending: true, types });

async function fillIn(password: string) {
  const keys = userEvent.setup();
  await keys.type(screen.getByLabelText("E-mail"), "ada@example.org");
  await keys.type(screen.getByLabelText("Password"), password);
  await keys.click(screen.getByRole("button", { name: "Sign in" }));
  return keys;
}

afterEach(() => vi.unstubAllGlobals());

test("a wrong password is said at once, and what was typed stays", async () => {
  const sentence = "The email address and/or password you specified are not correct.";
  serve({ "POST /auth/login": () => wrong("email_password_mismatch", sentence, "password") });
  await show(<SignInPage />, { at: "/login" });

  await fillIn("wrong");

  expect((await screen.findByText(sentence)).closest('[role="alert"]')).toBeTruthy();
  expect((screen.getByLabelText("E-mail") as HTMLInputElement).value).toBe("ada@example.org");
});

test("signing in goes to where one was on the way to", async () => {
  const asked = serve({ "POST /auth/login": isIn, Viewer: () => ({ viewer: household }) });
  const { router } = await show(<SignInPage />, { at: "/login?next=%2Ftitle%2Falien", path: "/login" });

  await fillIn("right");
  await screen.findByText("elsewhere");

  expect(asked.find(({ operation }) => operation === "POST /auth/login")?.variables).toEqual({
    email: "ada@example.org",
    password: "right",
  });
  expect(router.state.location.pathname).toBe("/title/alien");
});

test("whoever has profiles and none chosen is asked who is watching, and not sent astray", async () => {
  serve({ "POST /auth/login": isIn, Viewer: () => ({ viewer: { ...household, activeProfile: null } }) });
  const { router } = await show(<SignInPage />, { at: "/login?next=%2Ftitle%2Falien", path: "/login" });

  await fillIn("right");
  await screen.findByText("elsewhere");

  expect(router.state.location.href).toBe("/profiles?next=%2Ftitle%2Falien");
});

test("an account with a second factor is asked for its code, and a wrong one is said", async () => {
  const asked = serve({
    "POST /auth/login": () => secondFactor("totp", "recovery_codes"),
    "POST /auth/2fa/authenticate": ({ code }: { code: string }) =>
      code === "123456" ? isIn() : wrong("incorrect_code", "Incorrect code.", "code"),
    Viewer: () => ({ viewer: household }),
  });
  await show(<SignInPage />, { at: "/login" });

  const keys = await fillIn("right");
  const field = await screen.findByLabelText("Code from your app");
  await waitFor(() => expect(document.activeElement).toBe(field));
  await keys.keyboard("000 000{Enter}");
  await screen.findByText("Incorrect code.");
  await keys.clear(field);
  await keys.keyboard("123456{Enter}");

  await screen.findByText("elsewhere");
  expect(
    asked.filter(({ operation }) => operation.includes("2fa")).map(({ variables }) => variables),
  ).toEqual([{ code: "000000" }, { code: "123456" }]);
});

test("a recovery code goes in by the same door", async () => {
  const asked = serve({
    "POST /auth/login": () => secondFactor("totp", "recovery_codes"),
    "POST /auth/2fa/authenticate": isIn,
    Viewer: () => ({ viewer: household }),
  });
  await show(<SignInPage />, { at: "/login" });

  const keys = await fillIn("right");
  await keys.click(await screen.findByRole("button", { name: "Use a recovery code" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Recovery code")));
  await keys.keyboard("ab12-cd34{Enter}");

  await screen.findByText("elsewhere");
  expect(asked.find(({ operation }) => operation === "POST /auth/2fa/authenticate")?.variables).toEqual({
    code: "ab12cd34",
  });
});

class FakeKey {
  static parseRequestOptionsFromJSON = (options: unknown) => options;
  toJSON = () => ({ id: "a key" });
}

test("a passkey signs in alone, and one that is not given is nothing to complain about", async () => {
  const answers = [
    () => Promise.reject(new DOMException("no", "NotAllowedError")),
    () => Promise.resolve(new FakeKey()),
  ];
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("PublicKeyCredential", FakeKey);
  vi.stubGlobal("navigator", {
    languages: ["en"],
    credentials: { get: () => answers.shift()?.() },
    userAgent: "",
  });
  const asked = serve({
    "GET /auth/webauthn/login": () => ({ data: { request_options: { publicKey: { challenge: "c" } } } }),
    "POST /auth/webauthn/login": isIn,
    Viewer: () => ({ viewer: household }),
  });
  await show(<SignInPage />, { at: "/login" });
  const keys = userEvent.setup();
  const button = await screen.findByRole("button", { name: "Sign in with a passkey" });

  await keys.click(button);
  await waitFor(() => expect(answers).toHaveLength(1));
  await waitFor(() => expect(button.hasAttribute("disabled")).toBe(false));
  expect(screen.queryByText(/wrong/)).toBeNull();
  await keys.click(button);

  await screen.findByText("elsewhere");
  expect(asked.find(({ operation }) => operation.startsWith("POST"))?.variables).toEqual({
    credential: { id: "a key" },
  });
});

test("too long between password and code begins again, and says so", async () => {
  serve({
    "POST /auth/login": () => secondFactor("totp"),
    "POST /auth/2fa/authenticate": () => wants({ id: "signup" }),
  });
  await show(<SignInPage />, { at: "/login" });

  const keys = await fillIn("right");
  await keys.type(await screen.findByLabelText("Code from your app"), "123456{Enter}");

  await screen.findByText("That took too long. Sign in once more.");
  expect(screen.getByLabelText("Password")).toBeTruthy();
});

test("an address that is not verified is said to be so, with what to do", async () => {
  serve({ "POST /auth/login": () => wants({ id: "verify_email", is_pending: true }) });
  await show(<SignInPage />, { at: "/login" });

  await fillIn("right");

  await screen.findByText(/not verified yet/);
});

test("another house is offered where there is one, and who comes back from it is in", async () => {
  serve({
    "GET /config": () => ({ data: { socialaccount: { providers: [{ id: "sso", name: "Example House" }] } } }),
    "GET /auth/session": isIn,
    Viewer: () => ({ viewer: household }),
  });
  await show(<SignInPage />, { at: "/login" });
  const form = (await screen.findByRole("button", { name: "Sign in with Example House" })).closest("form");
  expect(Object.fromEntries(new FormData(form ?? undefined))).toMatchObject({
    provider: "sso",
    process: "login",
    callback_url: "/login?from=provider",
  });
});

test("whoever comes back from another house with an address that is known signs in here first", async () => {
  serve({ "GET /auth/session": () => wants({ id: "provider_signup", is_pending: true }) });
  await show(<SignInPage />, { at: "/login?from=provider", path: "/login" });

  await screen.findByText(/^That address has an account here/);
});

test("a server that does not answer is said in words, without losing the form", async () => {
  serve({});
  await show(<SignInPage />, { at: "/login" });

  await fillIn("right");

  await screen.findByText("The server does not answer. Check your connection and try again.");
});
