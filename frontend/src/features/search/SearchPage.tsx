import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { CardGrid, CardGridSkeleton } from "@/components/CardGrid";
import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { GenreTiles } from "@/components/GenreTiles";
import { Icon } from "@/components/Icon";
import { whilePreparing } from "@/components/Readiness";
import { SearchDocument } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";

/** How long the fingers have to rest before the question is asked. */
const restMs = 180;

export function SearchPage() {
  const { t } = useLingui();
  usePageTitle(t`Search`);
  const { q = "" } = useSearch({ from: "/shell/member/search" });
  const navigate = useNavigate();
  const who = useProfileKey();
  const [typed, setTyped] = useState(q);

  useEffect(() => {
    const text = typed.trim();
    if (text === q) return;
    const timer = setTimeout(
      () =>
        void navigate({ to: "/search", search: text ? { q: text } : {}, replace: true, resetScroll: false }),
      restMs,
    );
    return () => clearTimeout(timer);
  }, [typed, q, navigate]);

  const query = useQuery({
    queryKey: [who, "search", q],
    queryFn: ({ signal }) => execute(SearchDocument, { text: q, first: 60 }, signal),
    enabled: q !== "",
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => whilePreparing(state.data?.search?.edges.map((edge) => edge?.node) ?? []),
  });
  const titles = query.data?.search?.edges.flatMap((edge) => (edge?.node ? [edge.node] : [])) ?? [];

  return (
    <div className="page-top gutters grid gap-8 pb-28">
      <h1 className="sr-only">
        <Trans>Search</Trans>
      </h1>
      <search className="relative max-w-3xl">
        <Icon
          name="search"
          className="pointer-events-none absolute start-5 top-1/2 size-6 -translate-y-1/2 text-faint"
        />
        <input
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          aria-label={t`Titles, people, original names`}
          placeholder={t`Titles, people, original names`}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          // biome-ignore lint/a11y/noAutofocus: one comes to this page to type
          autoFocus
          className="min-h-14 w-full rounded-full border border-control bg-raised ps-14 pe-6 text-lead text-paper transition-colors duration-(--press) placeholder:text-faint hover:border-faint focus-visible:rounded-full"
        />
      </search>
      <p role="status" className={q && query.isSuccess && titles.length > 0 ? "text-faint" : "sr-only"}>
        {q && query.isSuccess && <Plural value={titles.length} one="# title" other="# titles" />}
      </p>
      {q === "" ? (
        <GenreTiles />
      ) : query.isPending ? (
        <CardGridSkeleton />
      ) : query.isError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : titles.length > 0 ? (
        <CardGrid titles={titles} />
      ) : (
        <>
          <EmptyState icon="search" heading={<Trans>Nothing is called “{q}”</Trans>}>
            <Trans>Try fewer letters, a person who made it, or one of the genres below.</Trans>
          </EmptyState>
          <GenreTiles />
        </>
      )}
    </div>
  );
}
