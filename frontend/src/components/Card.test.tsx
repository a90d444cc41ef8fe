import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { film, household } from "@/testing/people";
import { show } from "@/testing/render";
import { Card } from "./Card";
import { whilePreparing } from "./Readiness";

test("a card leads to its title's page and is called by its name", async () => {
  await show(<Card title={film} />, { viewer: household });

  const link = screen.getByRole("link", { name: "Big Buck Bunny" });
  expect(link.getAttribute("href")).toBe("/title/big-buck-bunny");
});

test("a card whose film is being prepared says how far it is, to eyes and ears", async () => {
  await show(<Card title={{ ...film, isPlayable: false, readiness: 0.404 }} />, { viewer: household });

  expect(screen.getByRole("link", { name: "Big Buck Bunny, Getting ready, 40 %" })).toBeTruthy();
  expect(screen.getByText("Getting ready, 40 %")).toBeTruthy();
});

test("a card whose film is still to come says so, to eyes and ears", async () => {
  await show(<Card title={{ ...film, isPlayable: false, readiness: null }} />, { viewer: household });

  expect(screen.getByRole("link", { name: "Big Buck Bunny, Coming soon" })).toBeTruthy();
  expect(screen.getByText("Coming soon")).toBeTruthy();
});

test("a film that can be watched says nothing of what is still being made of it", async () => {
  await show(<Card title={{ ...film, isPlayable: true, readiness: 0.7 }} />, { viewer: household });

  expect(screen.queryByText(/Getting ready/)).toBeNull();
});

test("a title without a poster shows its name instead", async () => {
  await show(<Card title={{ ...film, artwork: { ...film.artwork, posterUrl: null } }} />, {
    viewer: household,
  });

  expect(screen.getAllByText("Big Buck Bunny").length).toBeGreaterThan(0);
  expect(document.querySelector("img")).toBeNull();
});

test("an answer is asked for again soon while something is getting ready, later while it waits, else never", () => {
  const ready = { isPlayable: true, readiness: null };
  const preparing = { isPlayable: false, readiness: 0.2 };
  const waiting = { isPlayable: false, readiness: null };

  expect(whilePreparing([ready, waiting, preparing, null])).toBe(4_000);
  expect(whilePreparing([ready, waiting, undefined])).toBe(20_000);
  expect(whilePreparing([ready, null])).toBe(false);
});
