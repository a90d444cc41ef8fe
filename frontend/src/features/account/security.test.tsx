import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { SecurityPage } from "./SecurityPage";

const app = { type: "totp", created_at: 1_700_000_000, last_used_at: null };
const codes = {
  type: "recovery_codes",
  created_at: 1_700_000_000,
  last_used_at: null,
  total_code_count: 10,
  unused_code_count: 9,
};
const stage = { at: "/account/security", viewer: household };
const addresses = [{ email: household.email, verified: true, primary: true }];
const asksAgain = (...types: string[]) => ({
  status: 401,
  data: {
    flows: [{ id: "reauthenticate" }, ...(types.length > 0 ? [{ id: "mfa_reauthenticate", types }] : [])],
  },
  meta: { is_authenticated: true },
});

function doors(authenticators: object[] = []) {
  return {
    "GET /account/authenticators": () => ({ data: authenticators }),
    "GET /account/email": () => ({ data: addresses }),
    Viewer: () => ({ viewer: household }),
  };
}

test("an authenticator app is set up after a proof of who one is, and recovery codes follow", async () => {
  let proved = false;
  const authenticators: object[] = [];
  const asked = serve({
    ...doors(authenticators),
    "GET /account/authenticators/totp": () =>
      proved
        ? {
            status: 404,
            meta: {
              secret: "JBSWY3DPEHPK3PXP",
              totp_url: "otpauth://totp/Lantern:ada?secret=JBSWY3DPEHPK3PXP",
            },
          }
        : asksAgain(),
    "POST /auth/reauthenticate": ({ password }: { password: string }) => {
      proved = password === "right";
      return proved
        ? { data: {} }
        : { status: 400, errors: [{ code: "incorrect_password", param: "password", message: "Wrong." }] };
    },
    "POST /account/authenticators/totp": ({ code }: { code: string }) => {
      if (code !== "123456")
        return {
          status: 400,
          errors: [{ code: "incorrect_code", param: "code", message: "Incorrect code." }],
        };
      authenticators.push(app, codes);
      return { data: app };
    },
    "GET /account/authenticators/recovery-codes": () => ({ data: { ...codes, unused_codes: ["11111111"] } }),
  });
  await show(<SecurityPage />, stage);
  const keys = userEvent.setup();

  const setUp = await screen.findByRole("button", { name: "Set up" });
  await waitFor(() => expect(setUp.hasAttribute("disabled")).toBe(false));
  await keys.click(setUp);
  await keys.type(await screen.findByLabelText("Your password"), "wrong{Enter}");
  await screen.findByText("Wrong.");
  await keys.clear(screen.getByLabelText("Your password"));
  await keys.type(screen.getByLabelText("Your password"), "right{Enter}");

  await screen.findByRole("img", { name: "QR code for your app" });
  expect(screen.getByText("JBSW Y3DP EHPK 3PXP")).toBeTruthy();
  const code = screen.getByLabelText("Code from your app");
  await keys.type(code, "000000{Enter}");
  await screen.findByText("Incorrect code.");
  await keys.clear(code);
  await keys.type(code, "123 456{Enter}");

  await screen.findByText("11111111");
  expect(asked.filter(({ operation }) => operation === "POST /account/authenticators/totp")).toHaveLength(2);
  await keys.click(screen.getByRole("button", { name: "Done" }));
  await screen.findByText(/^On since/);
  expect(screen.getByText("9 codes are left")).toBeTruthy();
});

test("whoever gives no proof changes nothing, and nothing is said to have gone wrong", async () => {
  const asked = serve({ ...doors([app]), "DELETE /account/authenticators/totp": () => asksAgain("totp") });
  await show(<SecurityPage />, stage);
  const keys = userEvent.setup();

  await keys.click(await screen.findByRole("button", { name: "Turn off" }));
  await screen.findByRole("heading", { name: "Is it you?" });
  await keys.click(screen.getByRole("button", { name: "Use a code" }));
  expect(screen.getByLabelText("Code from your app, or a recovery code")).toBeTruthy();
  await keys.click(screen.getByRole("button", { name: "Close" }));

  await waitFor(() => expect(screen.queryByRole("heading", { name: "Is it you?" })).toBeNull());
  expect(screen.getByText(/^On since/)).toBeTruthy();
  expect(asked.filter(({ operation }) => operation.startsWith("DELETE"))).toHaveLength(1);
});

test("a password is changed by saying the old one, and the form is empty afterwards", async () => {
  serve({
    ...doors(),
    "POST /account/password/change": ({ current_password }: { current_password: string }) =>
      current_password === "old"
        ? { data: {} }
        : {
            status: 400,
            errors: [{ code: "enter_current_password", param: "current_password", message: "No." }],
          },
  });
  await show(<SecurityPage />, stage);
  const keys = userEvent.setup();

  await keys.type(screen.getByLabelText("The one you have"), "not it");
  await keys.type(screen.getByLabelText("The new one"), "lamp under the stairs{Enter}");
  await screen.findByText("No.");
  await keys.clear(screen.getByLabelText("The one you have"));
  await keys.type(screen.getByLabelText("The one you have"), "old{Enter}");

  await screen.findByText("Your password is changed");
  expect((screen.getByLabelText("The new one") as HTMLInputElement).value).toBe("");
});

test("a new address waits for its letter; it is sent again or given up", async () => {
  const known: object[] = [...addresses];
  const asked = serve({
    ...doors(),
    "GET /account/email": () => ({ data: known }),
    "POST /account/email": ({ email }: { email: string }) => {
      known.push({ email, verified: false, primary: false });
      return { data: known };
    },
    "PUT /account/email": () => ({ data: known }),
    "DELETE /account/email": () => {
      known.pop();
      return { data: known };
    },
  });
  await show(<SecurityPage />, stage);
  const keys = userEvent.setup();

  await keys.type(screen.getByLabelText("New address"), "new@example.org{Enter}");
  await screen.findByText(/new@example.org waits/);
  await keys.click(screen.getByRole("button", { name: "Send it again" }));
  await waitFor(() => expect(asked.some(({ operation }) => operation.startsWith("PUT"))).toBe(true));
  await keys.click(screen.getByRole("button", { name: "Give it up" }));

  await waitFor(() => expect(screen.queryByText(/waits/)).toBeNull());
});

test("a passkey is made, renamed and removed", async () => {
  class FakeKey {
    static parseRequestOptionsFromJSON = (options: unknown) => options;
    static parseCreationOptionsFromJSON = (options: unknown) => options;
    toJSON = () => ({ id: "made" });
  }
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("PublicKeyCredential", FakeKey);
  vi.stubGlobal("navigator", {
    languages: ["en"],
    userAgent: "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0",
    credentials: { create: async () => new FakeKey() },
  });
  let keysOfAccount: { type: string; id: number; name: string; created_at: number; last_used_at: null }[] =
    [];
  const asked = serve({
    ...doors(),
    "GET /account/authenticators": () => ({ data: keysOfAccount }),
    "GET /account/authenticators/webauthn?passwordless": () => ({
      data: { creation_options: { publicKey: { challenge: "c" } } },
    }),
    "POST /account/authenticators/webauthn": ({ name }: { name: string }) => {
      keysOfAccount = [{ type: "webauthn", id: 5, name, created_at: 1, last_used_at: null }];
      return { data: keysOfAccount[0] };
    },
    "PUT /account/authenticators/webauthn": ({ id, name }: { id: number; name: string }) => {
      keysOfAccount = keysOfAccount.map((key) => (key.id === id ? { ...key, name } : key));
      return { data: keysOfAccount[0] };
    },
    "DELETE /account/authenticators/webauthn": () => {
      keysOfAccount = [];
      return {};
    },
  });
  await show(<SecurityPage />, stage);
  const keys = userEvent.setup();

  await keys.click(await screen.findByRole("button", { name: "Add a passkey" }));
  await keys.click(await screen.findByRole("button", { name: "Rename Chrome on Windows" }));
  const name = screen.getByLabelText("Name");
  await keys.clear(name);
  await keys.type(name, "Desk{Enter}");
  await keys.click(await screen.findByRole("button", { name: "Remove Desk" }));

  await waitFor(() => expect(screen.queryByText("Desk")).toBeNull());
  expect(
    asked.find(({ operation }) => operation === "POST /account/authenticators/webauthn")?.variables,
  ).toEqual({
    name: "Chrome on Windows",
    credential: { id: "made" },
  });
});

test("an account of another house is connected by a form, and parted from here", async () => {
  let connected = [{ uid: "u-1", display: "ada@house", provider: { id: "sso", name: "Example House" } }];
  const asked = serve({
    ...doors(),
    "GET /config": () => ({ data: { socialaccount: { providers: [{ id: "sso", name: "Example House" }] } } }),
    "GET /account/providers": () => ({ data: connected }),
    "DELETE /account/providers": () => {
      connected = [];
      return { data: [] };
    },
  });
  await show(<SecurityPage />, stage);

  await userEvent.setup().click(await screen.findByRole("button", { name: "Part from Example House" }));

  const form = (await screen.findByRole("button", { name: "Connect Example House" })).closest("form");
  expect(Object.fromEntries(new FormData(form ?? undefined))).toMatchObject({
    provider: "sso",
    process: "connect",
  });
  expect(asked.find(({ operation }) => operation.startsWith("DELETE"))?.variables).toEqual({
    provider: "sso",
    account: "u-1",
  });
});
