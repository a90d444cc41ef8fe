import { expect, test } from "vitest";
import { askedBy, decades, narrowing, parseFilters } from "./filters";

test("what an address says is asked for", () => {
  const filters = parseFilters({ kind: "MOVIE", genre: "drama", decade: 1990, language: "fr", sort: "NAME" });

  expect(askedBy(filters)).toEqual({
    filter: { kind: "MOVIE", genre: "drama", yearFrom: 1990, yearTo: 1999, language: "fr" },
    orderBy: "NAME",
  });
  expect(narrowing(filters)).toBe(4);
});

test("one year wins over its decade and knows which it is in", () => {
  expect(parseFilters({ year: "1994", decade: 1920 })).toEqual({ decade: 1990, year: 1994 });
  expect(askedBy({ decade: 1990, year: 1994 }).filter).toEqual({ yearFrom: 1994, yearTo: 1994 });
});

test("an address without filters asks for everything, the newest first", () => {
  expect(parseFilters({})).toEqual({});
  expect(askedBy({})).toEqual({ filter: {}, orderBy: "NEWEST" });
  expect(parseFilters({ sort: "NEWEST" })).toEqual({});
});

test("what nobody can mean is left out", () => {
  const odd = { kind: "OPERA", genre: "", decade: "soon", year: 99_999, language: "<b>", sort: 7, else: "x" };

  expect(parseFilters(odd)).toEqual({});
});

test("decades go from this one back to the first films", () => {
  const all = decades(new Date("2026-05-01"));

  expect(all[0]).toBe(2020);
  expect(all.at(-1)).toBe(1890);
});
