import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { film, household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { Card } from "./Card";
import { dwellMs } from "./useDwell";

const other = { ...film, id: "title-2", slug: "sintel", name: "Sintel" };

const pageOf = (card: typeof film) => ({
  title: {
    ...card,
    artwork: { ...card.artwork, backdropSrcset: null, backdropBlurhash: null },
    synopsis: "A gentle rabbit and three bullies.",
    genres: [{ slug: "animation", name: "Animation" }],
    video: {
      id: `video-of-${card.id}`,
      durationSeconds: 600,
      isPlayable: true,
      readiness: null,
      previewUrl: null,
      progress: null,
    },
  },
});

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  // jsdom does not know which focus is seen; here it is the keyboard's.
  const matches = Element.prototype.matches;
  vi.spyOn(Element.prototype, "matches").mockImplementation(function (this: Element, selector) {
    if (selector === ":focus-visible") return this === document.activeElement;
    return selector === ":hover" ? false : matches.call(this, selector);
  });
  serve({
    TitlePage: ({ slug }: { slug: string }) => pageOf(slug === other.slug ? other : film),
    AddToMyList: () => ({ addToMyList: { title: { id: film.id, inMyList: true }, errors: [] } }),
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const cards = () =>
  show(
    <>
      <Card title={film} />
      <Card title={other} />
    </>,
    { viewer: household },
  );
const preview = (name = film.name) => screen.findByRole("group", { name });
const enter = (name: string, pointerType = "mouse") => {
  const place = screen.getByRole("link", { name }).parentElement as HTMLElement;
  fireEvent.pointerOver(place, { pointerType });
  fireEvent.pointerMove(place, { pointerType });
  return place;
};

test("a pointer that rests opens a preview with play, list, rating and facts", async () => {
  await cards();
  enter(film.name);
  expect(screen.queryByRole("group")).toBeNull();

  await vi.advanceTimersByTimeAsync(dwellMs + 50);

  const opened = within(await preview());
  const play = await opened.findByRole("link", { name: "Play Big Buck Bunny" });
  expect(play.getAttribute("href")).toBe("/watch/video-of-title-1");
  expect(opened.getByRole("button", { name: "My list" })).toBeTruthy();
  expect(opened.getByRole("button", { name: "I like this" })).toBeTruthy();
  expect(opened.getByText("A gentle rabbit and three bullies.")).toBeTruthy();
  expect(opened.getByText("10 min")).toBeTruthy();
  expect(opened.getByRole("link", { name: "More about Big Buck Bunny" }).getAttribute("href")).toBe(
    "/title/big-buck-bunny",
  );
});

test("a pointer that only passes opens nothing, nor does one under which the page scrolls", async () => {
  await cards();
  const place = enter(film.name);
  await vi.advanceTimersByTimeAsync(dwellMs / 2);
  fireEvent.pointerOut(place, { pointerType: "mouse", relatedTarget: document.body });
  await vi.advanceTimersByTimeAsync(dwellMs * 2);
  expect(screen.queryByRole("group")).toBeNull();

  fireEvent.pointerOver(place, { pointerType: "mouse" });
  await vi.advanceTimersByTimeAsync(dwellMs * 2);
  expect(screen.queryByRole("group")).toBeNull();

  enter(film.name);
  fireEvent.scroll(document);
  await vi.advanceTimersByTimeAsync(dwellMs * 2);
  expect(screen.queryByRole("group")).toBeNull();
});

test("a finger opens nothing: its press leads to the title's page", async () => {
  const { router } = await cards();
  enter(film.name, "touch");
  await vi.advanceTimersByTimeAsync(dwellMs * 2);
  expect(screen.queryByRole("group")).toBeNull();

  fireEvent.click(screen.getByRole("link", { name: film.name }));
  await vi.waitFor(() => expect(router.state.location.pathname).toBe("/title/big-buck-bunny"));
});

test("the keyboard opens it too, Tab goes on into it, and Esc closes it and comes back", async () => {
  const keys = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  await cards();
  await keys.tab();
  await vi.advanceTimersByTimeAsync(dwellMs + 50);
  const opened = within(await preview());
  await opened.findByRole("link", { name: "Play Big Buck Bunny" });

  await keys.tab();
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Play Big Buck Bunny");

  await keys.keyboard("{Escape}");
  expect(screen.queryByRole("group")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("link", { name: film.name }));
  await vi.advanceTimersByTimeAsync(dwellMs * 2);
  expect(screen.queryByRole("group")).toBeNull();
});

test("one preview at a time", async () => {
  const keys = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  await cards();
  await keys.tab();
  await vi.advanceTimersByTimeAsync(dwellMs + 50);
  await preview();

  enter(other.name);
  await vi.advanceTimersByTimeAsync(dwellMs + 50);

  await preview(other.name);
  expect(screen.queryByRole("group", { name: film.name })).toBeNull();
});

test("what is put on the list in it shows at once", async () => {
  await cards();
  enter(film.name);
  await vi.advanceTimersByTimeAsync(dwellMs + 50);
  const button = within(await preview()).getByRole("button", { name: "My list" });
  expect(button.getAttribute("aria-pressed")).toBe("false");

  fireEvent.click(button);

  await vi.waitFor(() => expect(button.getAttribute("aria-pressed")).toBe("true"));
});
