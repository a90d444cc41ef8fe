import { Fragment, type ReactNode } from "react";

interface FactsProps {
  title: { year: number | null; maturityRating: string | null };
  /** Further facts, in the order they are read. */
  more?: readonly (string | null | undefined | false)[];
  className?: string;
}

/** A line of facts: year, rating, length. */
export function Facts({ title, more = [], className = "" }: FactsProps) {
  const facts: ReactNode[] = [];
  if (title.year) facts.push(title.year);
  if (title.maturityRating)
    facts.push(
      <span className="rounded-[4px] border border-current/45 px-1.5 text-[0.86em] leading-[1.45] font-[620]">
        {title.maturityRating}
      </span>,
    );
  for (const fact of more) if (fact) facts.push(fact);
  return (
    <span className={`tabular flex flex-wrap items-center gap-x-2.5 gap-y-1 ${className}`}>
      {facts.map((fact, index) => (
        // The list is made anew as a whole and never reordered.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Fragment key={index}>{typeof fact === "object" ? fact : <span>{fact}</span>}</Fragment>
      ))}
    </span>
  );
}
