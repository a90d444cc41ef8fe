import { readFileSync } from "node:fs";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { film, household } from "@/testing/people";
import { show } from "@/testing/render";
import { CardGrid } from "./CardGrid";

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...film,
    id: `title-${index}`,
    slug: `film-${index}`,
    name: `Film ${index}`,
  }));

test("a long list stands in blocks and is one list to those who hear it", async () => {
  await show(<CardGrid titles={many(50)} />, { viewer: household });

  const list = screen.getByRole("list");
  expect(list.querySelectorAll(".card-block")).toHaveLength(3);
  expect(screen.getAllByRole("listitem")).toHaveLength(50);
  // Its height is known from how many are in it.
  expect([...list.children].map((block) => (block as HTMLElement).style.getPropertyValue("--items"))).toEqual(
    ["24", "24", "2"],
  );
});

test("a block is whole lines for every number of columns there is", () => {
  const tokens = readFileSync("src/styles/tokens.css", "utf8");
  const columns = [...tokens.matchAll(/--columns: (\d+);/g)].map(([, count]) => Number(count));

  expect(columns.length).toBeGreaterThan(3);
  expect(columns.filter((count) => 24 % count !== 0)).toEqual([]);
});

test("arrows go to the neighbours, also into the next block", async () => {
  const keys = userEvent.setup();
  await show(
    <div style={{ "--columns": 4 }}>
      <CardGrid titles={many(30)} />
    </div>,
    { viewer: household },
  );
  const focused = () => document.activeElement?.getAttribute("aria-label");
  // jsdom inherits no custom properties.
  screen.getByRole("list").style.setProperty("--columns", "4");

  await keys.tab();
  await keys.keyboard("{ArrowRight}{ArrowRight}{ArrowDown}");
  expect(focused()).toBe("Film 6");
  await keys.keyboard("{ArrowUp}{ArrowLeft}");
  expect(focused()).toBe("Film 1");
  await keys.keyboard("{ArrowUp}");
  expect(focused()).toBe("Film 1");

  screen.getByRole("link", { name: "Film 22" }).focus();
  await keys.keyboard("{ArrowDown}");
  expect(focused()).toBe("Film 26");
});
