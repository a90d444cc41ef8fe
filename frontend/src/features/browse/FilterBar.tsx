import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import type { TitleKind, TitleOrder } from "@/gql/documents";
import { genresQuery } from "@/lib/genres";
import { languageChoices } from "@/lib/languages";
import { useProfileKey } from "@/lib/session";
import { decades, type Filters, narrowing, parseFilters } from "./filters";

/** What the page is narrowed down by. Each choice is in the address at once, so Back undoes it and a link keeps it. */
export function FilterBar({ filters }: { filters: Filters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const genres = useQuery(genresQuery(useProfileKey())).data ?? [];
  const { kind, genre, decade, year, language, sort } = filters;

  const choose = (changed: Record<string, string | undefined>) =>
    void navigate({
      to: "/browse",
      search: parseFilters({ ...filters, ...changed }),
      resetScroll: false,
    });
  const kinds: [TitleKind | undefined, string][] = [
    [undefined, t`All`],
    ["MOVIE", t`Films`],
    ["SERIES", t`Series`],
  ];
  const orders: [TitleOrder, string][] = [
    ["NEWEST", t`Newest here first`],
    ["OLDEST", t`Longest here first`],
    ["NAME", t`By name`],
    ["YEAR", t`Latest year first`],
    ["YEAR_ASCENDING", t`Earliest year first`],
  ];
  return (
    <section aria-label={t`Filters`} className="grid grid-cols-2 items-center gap-2.5 sm:flex sm:flex-wrap">
      <fieldset className="col-span-2 flex rounded-full border border-control bg-raised p-0.5">
        <legend className="sr-only">
          <Trans>Kind</Trans>
        </legend>
        {kinds.map(([value, name]) => (
          <label
            key={name}
            className="inline-flex min-h-10 grow cursor-pointer items-center justify-center rounded-full px-4 font-[620] text-soft transition-colors duration-(--press) hover:text-paper has-checked:bg-amber-fill has-checked:text-on-amber has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-amber"
          >
            <input
              type="radio"
              name="kind"
              checked={kind === value}
              onChange={() => choose({ kind: value })}
              className="sr-only"
            />
            {name}
          </label>
        ))}
      </fieldset>
      <Choice
        label={t`Genre`}
        value={genre ?? ""}
        set={genre !== undefined}
        onChange={(value) => choose({ genre: value })}
      >
        <option value="">{t`All genres`}</option>
        {/* One that is chosen and has nothing for this profile is still what is chosen. */}
        {genre && !genres.some((one) => one.slug === genre) && <option value={genre}>{genre}</option>}
        {genres.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice
        label={t`Decade`}
        value={String(decade ?? "")}
        set={decade !== undefined}
        onChange={(value) => choose({ decade: value, year: undefined })}
      >
        <option value="">{t`All years`}</option>
        {decades(new Date()).map((first) => (
          <option key={first} value={first}>
            {t`${String(first)} to ${String(first + 9)}`}
          </option>
        ))}
      </Choice>
      {decade !== undefined && (
        <Choice
          label={t`Year`}
          value={String(year ?? "")}
          set={year !== undefined}
          onChange={(value) => choose({ year: value })}
        >
          <option value="">{t`Any of the ten years`}</option>
          {Array.from({ length: 10 }, (_, index) => decade + index).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Choice>
      )}
      <Choice
        label={t`Language`}
        value={language ?? ""}
        set={language !== undefined}
        onChange={(value) => choose({ language: value })}
      >
        <option value="">{t`All languages`}</option>
        {languageChoices(language).map(({ tag, name }) => (
          <option key={tag} value={tag}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice
        label={t`Order`}
        value={sort ?? "NEWEST"}
        set={sort !== undefined}
        onChange={(value) => choose({ sort: value })}
      >
        {orders.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Choice>
      {narrowing(filters) > 0 && (
        <Button
          look="bare"
          icon="close"
          onClick={() =>
            choose({
              kind: undefined,
              genre: undefined,
              decade: undefined,
              year: undefined,
              language: undefined,
            })
          }
        >
          <Trans>Clear</Trans>
        </Button>
      )}
    </section>
  );
}
