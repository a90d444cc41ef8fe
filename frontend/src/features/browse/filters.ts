import type { BrowseQueryVariables, TitleKind, TitleOrder } from "@/gql/documents";

/** What the page is narrowed down to, as it stands in its address. What is left out does not matter. */
export interface Filters {
  kind?: TitleKind;
  /** The slug of a genre. */
  genre?: string;
  /** The first year of ten. */
  decade?: number;
  /** One year; a decade beside it is the one it is in. */
  year?: number;
  /** The first part of a BCP 47 tag. */
  language?: string;
  sort?: TitleOrder;
}

export const kinds: readonly TitleKind[] = ["MOVIE", "SERIES"];
export const sorts: readonly TitleOrder[] = ["NEWEST", "OLDEST", "NAME", "YEAR", "YEAR_ASCENDING"];

/** Films began to be shown in 1895. */
const firstDecade = 1890;

export function decades(now: Date): number[] {
  const last = Math.floor(now.getFullYear() / 10) * 10;
  const all = [];
  for (let decade = last; decade >= firstDecade; decade -= 10) all.push(decade);
  return all;
}

function yearOf(raw: unknown): number | undefined {
  const year = typeof raw === "string" ? Number(raw) : raw;
  return typeof year === "number" && Number.isInteger(year) && year >= firstDecade && year < 2200
    ? year
    : undefined;
}

/** The filters of an address; what is no filter, or none that we know, is left out. */
export function parseFilters(raw: Record<string, unknown>): Filters {
  const filters: Filters = {};
  const kind = kinds.find((one) => one === raw.kind);
  if (kind) filters.kind = kind;
  // An address may look like a number to whoever read it, and a genre may be called so.
  const genre = typeof raw.genre === "number" ? String(raw.genre) : raw.genre;
  if (typeof genre === "string" && genre) filters.genre = genre;
  const year = yearOf(raw.year);
  const decade = year ?? yearOf(raw.decade);
  if (decade !== undefined) filters.decade = Math.floor(decade / 10) * 10;
  if (year !== undefined) filters.year = year;
  if (typeof raw.language === "string" && /^[a-z]{2,3}$/.test(raw.language)) filters.language = raw.language;
  const sort = sorts.find((one) => one === raw.sort);
  if (sort && sort !== "NEWEST") filters.sort = sort;
  return filters;
}

/** The question that the filters stand for. */
export function askedBy({ kind, genre, decade, year, language, sort }: Filters): BrowseQueryVariables {
  const from = year ?? decade;
  const to = year ?? (decade === undefined ? undefined : decade + 9);
  return {
    filter: {
      ...(kind && { kind }),
      ...(genre && { genre }),
      ...(from !== undefined && { yearFrom: from }),
      ...(to !== undefined && { yearTo: to }),
      ...(language && { language }),
    },
    orderBy: sort ?? "NEWEST",
  };
}

/** How many filters narrow the page down; the order does not. */
export function narrowing({ kind, genre, decade, language }: Filters): number {
  return [kind, genre, decade, language].filter((one) => one !== undefined).length;
}
