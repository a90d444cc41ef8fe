import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { DataPage } from "./DataPage";

const stage = { at: "/account/data", viewer: household };
const kept = () => ({ viewer: { id: household.id, erasesAt: null } });
const wrong = [{ field: "password", code: "WRONG_CREDENTIALS", message: "That is not the password." }];

test("one's data is fetched as a file, after the password", async () => {
  const fetched: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function click(this: HTMLAnchorElement) {
    fetched.push(this.getAttribute("href") ?? "");
  });
  serve({
    Erasure: kept,
    ExportAccount: ({ input }: { input: { password: string } }) => ({
      exportAccount:
        input.password === "right"
          ? { url: "/api/account/export/abc", expiresAt: "2026-11-29T12:00:00Z", errors: [] }
          : { url: null, expiresAt: null, errors: wrong },
    }),
  });
  await show(<DataPage />, stage);
  const keys = userEvent.setup();

  await keys.type(screen.getByLabelText("Your password"), "wrong{Enter}");
  await screen.findByText("That is not the password.");
  expect(fetched).toEqual([]);
  await keys.clear(screen.getByLabelText("Your password"));
  await keys.type(screen.getByLabelText("Your password"), "right{Enter}");

  await screen.findByText("The file is on its way.");
  expect(fetched).toEqual(["/api/account/export/abc"]);
  vi.restoreAllMocks();
});

test("erasing takes a password, says when, and can be taken back", async () => {
  let erasesAt: string | null = null;
  const asked = serve({
    Erasure: () => ({ viewer: { id: household.id, erasesAt } }),
    EraseAccount: () => {
      erasesAt = "2026-12-13T12:00:00Z";
      return { eraseAccount: { erasesAt, errors: [] } };
    },
    KeepAccount: () => {
      erasesAt = null;
      return { keepAccount: { viewer: { id: household.id, erasesAt: null }, errors: [] } };
    },
  });
  await show(<DataPage />, stage);
  const keys = userEvent.setup();

  await keys.click(screen.getByRole("button", { name: "Erase the account" }));
  const dialog = screen.getByRole("dialog");
  const field = dialog.querySelector("input") as HTMLInputElement;
  await waitFor(() => expect(document.activeElement).toBe(field));
  await keys.type(field, "right{Enter}");

  await screen.findByRole("heading", { name: "This account is erased on December 13, 2026" });
  expect(asked.find(({ operation }) => operation === "EraseAccount")?.variables).toEqual({
    input: { password: "right" },
  });
  await keys.click(screen.getByRole("button", { name: "Keep the account" }));
  await screen.findByRole("heading", { name: "Erase the account" });
});
