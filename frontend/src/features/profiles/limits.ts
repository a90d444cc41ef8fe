import { t } from "@lingui/core/macro";

/** Ages in years up to which films may be rated, as the boards cut them; a child's end at the server's own limit. */
const ages: readonly number[] = [0, 6, 7, 9, 12, 14, 16, 18];
const greatestForKids = 12;

/** What is chosen for a child of whom nothing was said, as the server does. */
export const usualForKids = 7;

/** "" is no limit, which no child has. */
export function limitsFor(isKids: boolean, current: number | null): readonly (number | "")[] {
  const all = current === null || ages.includes(current) ? ages : [...ages, current].sort((a, b) => a - b);
  return isKids ? all.filter((age) => age <= greatestForKids) : ["", ...all];
}

export function limitName(age: number | ""): string {
  if (age === "") return t`Everything`;
  return age === 0 ? t`Only what is for all ages` : t`What is for ${age} and younger`;
}
