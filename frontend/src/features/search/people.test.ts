import { expect, test } from "vitest";
import type { SearchPeopleQuery } from "@/gql/documents";
import { nearTo, peopleMeant } from "./people";

const credit = (name: string, role = "ACTOR") => ({ node: { role, person: { id: `id-${name}`, name } } });

function answer(...titles: ReturnType<typeof credit>[][]): SearchPeopleQuery {
  return {
    search: {
      edges: titles.map((edges, index) => ({ node: { id: `title-${index}`, credits: { edges } } })),
    },
  };
}

const names = (text: string, from: SearchPeopleQuery) => peopleMeant(text, from).map(({ name }) => name);

test("who is meant begins as it was typed, without accents and case", () => {
  const found = answer([credit("Amélie Poulain"), credit("Audrey Tautou")]);

  expect(names("ameli", found)).toEqual(["Amélie Poulain"]);
  expect(names("POULAIN am", found)).toEqual(["Amélie Poulain"]);
  expect(names("ulain", found)).toEqual([]);
});

test("one wrong letter is forgiven in a longer word, not in a short one", () => {
  const found = answer([credit("Ida Lupino")]);

  expect(names("lupnio", found)).toEqual(["Ida Lupino"]);
  expect(names("lupimo", found)).toEqual(["Ida Lupino"]);
  expect(names("lpino", found)).toEqual(["Ida Lupino"]);
  expect(names("ada", found)).toEqual([]);
});

test("who is in most of what was found stands first, once, with all they did", () => {
  const found = answer(
    [credit("Jane Doe"), credit("Jane Roe", "DIRECTOR")],
    [credit("Jane Roe", "WRITER"), credit("Jane Roe", "DIRECTOR")],
  );

  expect(peopleMeant("jane", found)).toMatchObject([
    { name: "Jane Roe", roles: ["DIRECTOR", "WRITER"] },
    { name: "Jane Doe", roles: ["ACTOR"] },
  ]);
});

test("a title that is found by its name names nobody", () => {
  expect(names("metropolis", answer([credit("Fritz Lang")]))).toEqual([]);
});

test("what is near to a text that finds nothing: its words, then their beginnings", () => {
  expect(nearTo("zzz lighthouse")).toEqual(["lighthouse", "zzz", "lighthou", "light"]);
  expect(nearTo("lamplxxx")).toEqual(["lamplx", "lamp"]);
  expect(nearTo("x")).toEqual([]);
});
