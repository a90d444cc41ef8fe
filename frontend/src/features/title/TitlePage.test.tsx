import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { TitlePageQuery } from "@/gql/documents";
import { film, household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { TitlePage } from "./TitlePage";

type Title = NonNullable<TitlePageQuery["title"]>;
type Movie = Extract<Title, { __typename: "Movie" }>;
type Series = Extract<Title, { __typename: "Series" }>;
type Facts = NonNullable<Movie["video"]>;

const stage = {
  at: "/title/big-buck-bunny",
  path: "/title/$slug",
  within: ["shell", "member"],
  viewer: household,
};

const facts: Facts = {
  id: "video-1",
  kind: "FEATURE",
  durationSeconds: 600,
  isPlayable: true,
  readiness: null,
  previewUrl: null,
  progress: null,
  markers: [],
  chapters: [],
  audioTracks: [],
  subtitleTracks: [],
};

const about = {
  synopsis: "A gentle rabbit and three bullies.\n© Blender Foundation, www.bigbuckbunny.org",
  originalName: null,
  originalLanguage: "en",
  countries: ["NL"],
  languages: ["en"],
  availableUntil: null,
  collections: [],
  genres: [{ slug: "animation", name: "Animation" }],
  credits: {
    edges: [{ node: { role: "Director", character: "", person: { id: "p1", name: "Sacha Goedegebure" } } }],
  },
  trailers: [],
  similar: { edges: [] },
};

const wide = { ...film.artwork, backdropSrcset: null, backdropBlurhash: null };

const movie: Movie = { ...film, artwork: wide, __typename: "Movie", ...about, video: facts };

function season(number: number, names: readonly string[]): Series["seasons"][number] {
  const edges = names.map((name, index) => ({
    node: {
      id: `episode-${number}-${index + 1}`,
      number: index + 1,
      name,
      synopsis: "",
      stillUrl: null,
      stillSrcset: null,
      stillBlurhash: null,
      video: { ...facts, id: `video-${number}-${index + 1}`, kind: "EPISODE" as const },
    },
  }));
  return {
    id: `season-${number}`,
    number,
    name: "",
    episodes: { edges, pageInfo: { hasNextPage: false, endCursor: null } },
  };
}

const series: Series = {
  ...film,
  artwork: wide,
  ...about,
  __typename: "Series",
  seasonCount: 2,
  seasons: [season(1, ["The first light", "A door"]), season(2, ["Home before dark"])],
  nextEpisode: { id: "episode-2-1", number: 1, season: { number: 2 }, video: { ...facts, id: "video-2-1" } },
};

afterEach(() => {
  vi.useRealTimers();
});

test("a film that can be watched has Play, its facts, its people and its credit line apart", async () => {
  serve({ TitlePage: () => ({ title: movie }) });
  await show(<TitlePage />, stage);

  const play = await screen.findByRole("link", { name: "Play" });
  expect(play.getAttribute("href")).toBe("/watch/video-1");
  expect(screen.getByText("10 min")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Sacha Goedegebure" }).getAttribute("href")).toBe("/person/p1");
  expect(screen.getByText("Netherlands")).toBeTruthy();
  expect(screen.getByText("© Blender Foundation, www.bigbuckbunny.org")).toBeTruthy();
  expect(document.title).toBe("Big Buck Bunny · Lantern");
});

test("what was begun is resumed, with what is left of it", async () => {
  const progress = { positionSeconds: 240, completed: false, updatedAt: "2026-01-01T00:00:00Z" };
  serve({ TitlePage: () => ({ title: { ...movie, video: { ...facts, progress } } }) });
  await show(<TitlePage />, stage);

  expect(await screen.findByRole("link", { name: "Resume 6 min left" })).toBeTruthy();
});

test("a film that is being prepared says so, and becomes Play by itself", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const preparing = { isPlayable: false, readiness: 0.4 };
  let ready = false;
  serve({
    TitlePage: () => ({
      title: ready ? movie : { ...movie, ...preparing, video: { ...facts, ...preparing } },
    }),
  });
  await show(<TitlePage />, stage);
  expect(await screen.findByText("Getting ready, 40 %")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Play" })).toBeNull();

  ready = true;
  await vi.advanceTimersByTimeAsync(4_100);

  expect(await screen.findByRole("link", { name: "Play" })).toBeTruthy();
  expect(screen.queryByText(/Getting ready/)).toBeNull();
});

test("a series opens at the season one is in, and its menu leads to the others", async () => {
  serve({ TitlePage: () => ({ title: series }) });
  await show(<TitlePage />, stage);

  const menu = await screen.findByRole("combobox", { name: "Season" });
  const episodes = () => within(screen.getByRole("region", { name: "Episodes" })).getAllByRole("link");
  expect(screen.getByRole("link", { name: "Play S2 E1" })).toBeTruthy();
  expect(episodes().map((link) => link.getAttribute("href"))).toEqual(["/watch/video-2-1"]);

  await userEvent.selectOptions(menu, "Season 1");

  expect(episodes().map((link) => link.getAttribute("href"))).toEqual([
    "/watch/video-1-1",
    "/watch/video-1-2",
  ]);
});

test("a title that is not there for this profile is not there at all", async () => {
  serve({ TitlePage: () => ({ title: null }) });
  await show(<TitlePage />, stage);

  expect(await screen.findByRole("heading", { name: "Nothing is showing here" })).toBeTruthy();
});

test("an error says what can be done and gives a number to quote", async () => {
  serve({ TitlePage: () => new Error("broken", { cause: { code: "INTERNAL", id: "a1b2c3" } }) });
  await show(<TitlePage />, stage);

  expect(await screen.findByText("Number to quote: a1b2c3")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});
