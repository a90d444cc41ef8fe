import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { film, household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import type { Watched } from "./HistoryLine";
import { HistoryPage } from "./HistoryPage";

const wide = { ...film.artwork, backdropSrcset: null, backdropBlurhash: null };

function watched(name: string, daysAgo: number, more: Partial<Watched["video"]> = {}): Watched {
  const when = new Date();
  when.setDate(when.getDate() - daysAgo);
  when.setHours(12, 0, 0);
  return {
    watchedAt: when.toISOString(),
    video: {
      id: `video-${name}`,
      durationSeconds: 600,
      isPlayable: true,
      readiness: null,
      previewUrl: null,
      progress: { positionSeconds: 120, completed: false, updatedAt: when.toISOString() },
      episode: null,
      ...more,
    },
    title: { ...film, name, slug: name.toLowerCase(), artwork: wide },
  };
}

function historyOf(items: Watched[]) {
  return {
    viewer: {
      activeProfile: {
        id: "profile-ada",
        history: {
          edges: items.map((node) => ({ node })),
          pageInfo: { hasNextPage: false, endCursor: null },
        },
      },
    },
  };
}

test("what was watched stands by days, with how far, and leads on", async () => {
  const done = { positionSeconds: 600, completed: true, updatedAt: "2026-01-01T00:00:00Z" };
  const episode = {
    number: 2,
    name: "A door",
    stillUrl: null,
    stillSrcset: null,
    stillBlurhash: null,
    season: { number: 1 },
  };
  serve({
    History: () =>
      historyOf([
        watched("Alien", 0),
        watched("Brazil", 0, { progress: done }),
        watched("Charade", 1, { episode }),
      ]),
  });
  await show(<HistoryPage />, { viewer: household });

  const today = within(await screen.findByRole("region", { name: "Today" }));
  expect(today.getByRole("link", { name: "Resume Alien" }).getAttribute("href")).toBe("/watch/video-Alien");
  expect(today.getByText(/8 min left/)).toBeTruthy();
  expect(today.getByRole("link", { name: "Watch Brazil again" })).toBeTruthy();
  expect(today.getByText(/Watched to the end/)).toBeTruthy();
  const yesterday = within(screen.getByRole("region", { name: "Yesterday" }));
  expect(yesterday.getByText("S1 E2 · A door")).toBeTruthy();
  expect(yesterday.getByRole("link", { name: "Charade" }).getAttribute("href")).toBe("/title/charade");
});

test("a history without anything says how something comes into it", async () => {
  serve({ History: () => historyOf([]) });
  await show(<HistoryPage />, { viewer: household });

  expect(await screen.findByRole("heading", { name: "Nothing watched yet" })).toBeTruthy();
});

test("without a profile there is none to show, and nobody is asked", async () => {
  const asked = serve({});
  await show(<HistoryPage />, { viewer: { ...household, activeProfile: null } });

  expect(await screen.findByRole("link", { name: "Choose a profile" })).toBeTruthy();
  expect(asked).toEqual([]);
});
