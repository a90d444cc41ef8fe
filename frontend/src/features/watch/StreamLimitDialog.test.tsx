import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { since } from "@/lib/since";
import { household } from "@/testing/people";
import { show } from "@/testing/render";
import { StreamLimitDialog } from "./StreamLimitDialog";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const conflicts = [
  { id: "a", deviceName: "Chrome on Windows", profileName: "Mio", startedAt: ago(11) },
  { id: "b", deviceName: "Safari on iPad", profileName: "Grandfather", startedAt: ago(125) },
];

test("the dialog names who watches where and since when, and stops the one that is chosen", async () => {
  const onTake = vi.fn();
  const dialog = (
    <StreamLimitDialog conflicts={conflicts} onTake={onTake} onAgain={vi.fn()} onClose={vi.fn()} />
  );
  await show(dialog, { viewer: household });

  expect(screen.getByText("All places are taken")).toBeTruthy();
  expect(screen.getByText("Mio · 11 minutes ago")).toBeTruthy();
  expect(screen.getByText("Grandfather · 2 hours ago")).toBeTruthy();
  const [, second] = screen.getAllByRole("button", { name: "Stop it, watch here", hidden: true });
  if (second) await userEvent.click(second);

  expect(onTake).toHaveBeenCalledExactlyOnceWith(conflicts[1]);
});

test("what has just begun is now, and a day is yesterday", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");

  expect(since("2026-11-20T11:59:30Z", now)).toBe("now");
  expect(since("2026-11-19T11:00:00Z", now)).toBe("yesterday");
});
