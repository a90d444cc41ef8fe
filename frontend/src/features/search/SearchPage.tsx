import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { CardGrid, CardGridSkeleton } from "@/components/CardGrid";
import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { GenreTiles } from "@/components/GenreTiles";
import { Icon } from "@/components/Icon";
import { MoreBelow } from "@/components/MoreBelow";
import { usePageTitle } from "@/lib/title";
import { FoundPeople } from "./FoundPeople";
import { useSearching } from "./useSearching";

/** How long the fingers have to rest before the question is asked. */
const restMs = 180;

/** What is typed, and the text that is asked for once the fingers rest: the one in the address. */
function useTyping() {
  const { q = "" } = useSearch({ from: "/shell/member/search" });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  const asked = useRef(q);

  // The address has changed by another way than typing: Back, a link.
  useEffect(() => {
    if (q === asked.current) return;
    asked.current = q;
    setTyped(q);
  }, [q]);

  useEffect(() => {
    const text = typed.trim();
    if (text === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = text;
      void navigate({ to: "/search", search: text ? { q: text } : {}, replace: true, resetScroll: false });
    }, restMs);
    return () => clearTimeout(timer);
  }, [typed, navigate]);

  return { q, typed, setTyped };
}

export function SearchPage() {
  const { t } = useLingui();
  const { q, typed, setTyped } = useTyping();
  usePageTitle(q ? t`Search: ${q}` : t`Search`);
  const results = useRef<HTMLDivElement>(null);
  const { titles, people, nothing, near } = useSearching(q);
  const { query, nodes, total, foot } = titles;

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "ArrowDown") return;
    const first = results.current?.querySelector<HTMLElement>("a");
    if (!first) return;
    event.preventDefault();
    first.focus();
  };

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
          onKeyDown={onKeyDown}
          aria-label={t`Titles, people, original names`}
          placeholder={t`Titles, people, original names`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={100}
          // biome-ignore lint/a11y/noAutofocus: one comes to this page to type
          autoFocus
          className="min-h-14 w-full rounded-full border border-control bg-raised ps-14 pe-6 text-lead text-paper transition-colors duration-(--press) placeholder:text-faint hover:border-faint focus-visible:rounded-full"
        />
      </search>
      <p role="status" className={q && nodes.length > 0 ? "tabular -mt-3 text-faint" : "sr-only"}>
        {q && query.isSuccess && !query.isPlaceholderData && (
          <Plural value={total ?? nodes.length} _0="Nothing found" one="# title" other="# titles" />
        )}
      </p>
      <div ref={results} className="grid gap-8">
        {q && <FoundPeople people={people} />}
        {q === "" ? (
          <GenreTiles />
        ) : query.isPending ? (
          <CardGridSkeleton />
        ) : query.isError && nodes.length === 0 ? (
          <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
        ) : nodes.length > 0 ? (
          <section aria-label={t`Titles`} className="grid gap-4">
            <CardGrid titles={nodes} />
            <MoreBelow {...foot} />
          </section>
        ) : (
          nothing && (
            <>
              <EmptyState icon="search" heading={<Trans>Nothing is called “{q}”</Trans>}>
                <Trans>Try fewer letters, a person who made it, or one of the genres below.</Trans>
              </EmptyState>
              {near.data && (
                <section aria-labelledby="near" className="grid gap-4">
                  <h2 id="near" className="text-heading">
                    <Trans>Close to it: “{near.data.text}”</Trans>
                  </h2>
                  <CardGrid titles={near.data.titles} />
                </section>
              )}
              <GenreTiles />
            </>
          )
        )}
      </div>
    </div>
  );
}
