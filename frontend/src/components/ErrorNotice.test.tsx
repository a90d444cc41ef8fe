import { act, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "@/lib/graphql/client";
import { show } from "@/testing/render";
import { ErrorNotice } from "./ErrorNotice";

afterEach(() => {
  vi.restoreAllMocks();
});

test("without a network it says so, and that it goes on by itself", async () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await show(<ErrorNotice error={new ApiError("NETWORK", "No answer.")} onRetry={() => undefined} />);

  expect(screen.getByRole("heading", { name: "You are offline" })).toBeTruthy();

  online.mockReturnValue(true);
  act(() => void window.dispatchEvent(new Event("online")));
  expect(screen.getByRole("heading", { name: "The server does not answer" })).toBeTruthy();
});

test("what somebody may not open is not the network's doing", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await show(<ErrorNotice error={new ApiError("FORBIDDEN", "Not yours.")} />);

  expect(screen.getByRole("heading", { name: "This is not yours to open" })).toBeTruthy();
});
