import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { film, household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { PersonPage } from "./PersonPage";

const stage = { at: "/person/p1", path: "/person/$id", within: ["shell", "member"], viewer: household };
const credit = (name: string, role: string, character: string | null = null) => ({
  node: { role, character, title: { ...film, id: name, slug: name.toLowerCase(), name } },
});

test("a person's page has each title once, with all that was done for it", async () => {
  serve({
    PersonPage: () => ({
      node: {
        id: "p1",
        name: "Ida Lupino",
        credits: {
          totalCount: 3,
          edges: [
            credit("Outrage", "DIRECTOR"),
            credit("Outrage", "WRITER"),
            credit("Gangway", "ACTOR", "Greta"),
          ],
          pageInfo: { hasNextPage: false, endCursor: null },
        },
      },
    }),
  });
  await show(<PersonPage />, stage);

  expect(await screen.findByRole("heading", { level: 1, name: "Ida Lupino" })).toBeTruthy();
  expect(screen.getByText(/Director · Writer · Cast · 2 titles/)).toBeTruthy();
  expect(screen.getByRole("link", { name: "Outrage, Director, Writer" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Gangway, as Greta" })).toBeTruthy();
  expect(document.title).toBe("Ida Lupino · Lantern");
});

test("somebody who is not there for this profile is not there at all", async () => {
  serve({ PersonPage: () => ({ node: null }) });
  await show(<PersonPage />, stage);

  expect(await screen.findByRole("heading", { name: "Nothing is showing here" })).toBeTruthy();
});
