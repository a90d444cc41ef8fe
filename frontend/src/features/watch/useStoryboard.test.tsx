import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { PlayerStore } from "@/lib/player/store";
import { useStoryboard } from "./useStoryboard";

const sheet = "WEBVTT\n\n00:00.000 --> 00:10.000\n00000.jpg#xywh=0,0,160,90\n";

afterEach(() => vi.unstubAllGlobals());

test("the small pictures are asked for once the film shows its first large one", async () => {
  const fetched = vi.fn(async () => new Response(sheet));
  vi.stubGlobal("fetch", fetched);
  let status = "loading";
  let tell = () => {};
  const subscribe = (listener: () => void) => {
    tell = listener;
    return () => {};
  };
  const store = { state: () => ({ status }), subscribe } as unknown as PlayerStore;

  const { result } = renderHook(() => useStoryboard(store, "/stream/a/storyboard/index.vtt"));
  act(() => tell());
  expect(fetched).not.toHaveBeenCalled();
  status = "ready";
  act(() => {
    tell();
    tell();
  });

  await waitFor(() => expect(result.current).toHaveLength(1));
  expect(fetched).toHaveBeenCalledOnce();
});
