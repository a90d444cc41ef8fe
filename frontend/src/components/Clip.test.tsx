import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { show } from "@/testing/render";
import { Clip } from "./Clip";

const src = "/previews/token/version/preview.mp4";

/** What the person's system asks for; the page is two seconds old afterwards. */
async function look({ wants = "", saves = false } = {}) {
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === wants }));
  Object.defineProperty(navigator, "connection", { configurable: true, value: { saveData: saves } });
  await show(<Clip src={src} />);
  expect(screen.queryByTestId("clip")).toBeNull();
  act(() => vi.advanceTimersByTime(2000));
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a clip plays without sound after two seconds, once, and can be stopped", async () => {
  await look();
  const clip = screen.getByTestId<HTMLVideoElement>("clip");
  expect(clip.getAttribute("src")).toBe(src);
  expect(clip.muted).toBe(true);
  expect(clip.loop).toBe(false);
  expect(screen.queryByRole("button")).toBeNull();

  fireEvent.playing(clip);
  fireEvent.click(screen.getByRole("button", { name: "Stop the preview" }));

  expect(screen.queryByTestId("clip")).toBeNull();
});

test("a clip that ends or fails leaves the picture", async () => {
  await look();
  fireEvent.error(screen.getByTestId("clip"));
  expect(screen.queryByTestId("clip")).toBeNull();
});

test.each([
  { wants: "(prefers-reduced-motion: reduce)" },
  { wants: "(prefers-reduced-data: reduce)" },
  { saves: true },
])("nobody is shown a clip, or sent one, who asked for less: %o", async (asked) => {
  await look(asked);
  expect(screen.queryByTestId("clip")).toBeNull();
});
