import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { film, household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { BrowsePage } from "./BrowsePage";

const genres = { genres: [{ slug: "drama", name: "Drama", titleCount: 3 }] };

function page(names: string[], next: string | null = null) {
  return {
    titles: {
      totalCount: 3,
      edges: names.map((name) => ({ cursor: name, node: { ...film, id: name, name } })),
      pageInfo: { hasNextPage: next !== null, endCursor: next },
    },
  };
}

const at = (search: string) => ({
  at: `/browse${search}`,
  path: "/browse",
  within: ["shell", "member"],
  viewer: household,
});

test("the address says what is shown, and a choice changes the address", async () => {
  const asked = serve({ Genres: () => genres, Browse: () => page(["Alien"]) });
  const { router } = await show(<BrowsePage />, at("?genre=drama&decade=1970"));

  expect(await screen.findByRole("heading", { level: 1, name: "Drama" })).toBeTruthy();
  expect(await screen.findByText("3 titles")).toBeTruthy();
  expect(asked.find(({ operation }) => operation === "Browse")?.variables).toMatchObject({
    filter: { genre: "drama", yearFrom: 1970, yearTo: 1979 },
    orderBy: "NEWEST",
  });

  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Year" }), "1979");
  expect(router.state.location.search).toEqual({ genre: "drama", decade: 1970, year: 1979 });
  await userEvent.click(screen.getByRole("radio", { name: "Films" }));
  expect(router.state.location.search).toMatchObject({ kind: "MOVIE", year: 1979 });
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(router.state.location.search).toEqual({});
});

test("what comes after the first page is there at a press, after what was there", async () => {
  serve({
    Genres: () => genres,
    Browse: ({ after }: { after: string | null }) =>
      after ? page(["Charade"]) : page(["Alien", "Brazil"], "two"),
  });
  await show(<BrowsePage />, at(""));

  await userEvent.click(await screen.findByRole("button", { name: "Show more" }));

  expect(await screen.findByRole("link", { name: "Charade" })).toBeTruthy();
  expect(screen.getAllByRole("listitem")).toHaveLength(3);
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

test("filters that leave nothing say which way there may be more", async () => {
  serve({ Genres: () => genres, Browse: () => page([]) });
  await show(<BrowsePage />, at("?genre=drama&language=fr"));

  expect(await screen.findByText("Take one of the filters away, and there may be more.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Show everything" }).getAttribute("href")).toBe("/browse");
});
