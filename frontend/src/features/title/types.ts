import type { TitlePageQuery } from "@/gql/documents";

export type Title = NonNullable<TitlePageQuery["title"]>;
export type SeriesTitle = Extract<Title, { __typename: "Series" }>;
export type Season = SeriesTitle["seasons"][number];
export type Episode = NonNullable<Season["episodes"]["edges"][number]["node"]>;
