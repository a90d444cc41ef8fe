import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { film, household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { SearchPage } from "./SearchPage";

const stage = { at: "/search", path: "/search", within: ["shell", "member"], viewer: household };
const genres = () => ({ genres: [{ slug: "drama", name: "Drama", titleCount: 3 }] });

function found(...names: string[]) {
  return {
    search: {
      totalCount: names.length,
      edges: names.map((name) => ({ node: { ...film, id: name, name } })),
      pageInfo: { hasNextPage: false, endCursor: null },
    },
  };
}

test("an empty search shows the genres; what is typed finds titles and people and stands in the address", async () => {
  serve({
    Genres: genres,
    Search: () => found("Outrage"),
    SearchPeople: () => ({
      search: {
        edges: [
          {
            node: {
              id: "Outrage",
              credits: { edges: [{ node: { role: "DIRECTOR", person: { id: "p1", name: "Ida Lupino" } } }] },
            },
          },
        ],
      },
    }),
  });
  const { router } = await show(<SearchPage />, stage);
  expect(await screen.findByRole("link", { name: /Drama/ })).toBeTruthy();

  await userEvent.type(screen.getByRole("searchbox"), "lupino");

  expect(await screen.findByRole("link", { name: "Outrage" })).toBeTruthy();
  expect((await screen.findByRole("link", { name: /Ida Lupino/ })).getAttribute("href")).toBe("/person/p1");
  expect(router.state.location.search).toEqual({ q: "lupino" });
  expect(screen.getByText("1 title")).toBeTruthy();

  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement).toBe(screen.getByRole("link", { name: /Ida Lupino/ }));
});

test("where nothing is found, what is near stands beside the genres", async () => {
  const asked = serve({
    Genres: genres,
    Search: ({ text }: { text: string }) => (text === "lamp" ? found("The Lamplighter") : found()),
    SearchPeople: () => ({ search: { edges: [] } }),
  });
  await show(<SearchPage />, { ...stage, at: "/search?q=lamplxxx", path: "/search" });

  expect(await screen.findByRole("heading", { name: "Nothing is called “lamplxxx”" })).toBeTruthy();
  expect(await screen.findByRole("heading", { name: "Close to it: “lamp”" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "The Lamplighter" })).toBeTruthy();
  expect(await screen.findByRole("link", { name: /Drama/ })).toBeTruthy();
  const texts = asked
    .filter(({ operation }) => operation === "Search")
    .map(({ variables }) => variables.text);
  expect(texts).toEqual(["lamplxxx", "lamplx", "lamp"]);
});
