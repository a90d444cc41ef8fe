import type { SearchPeopleQuery } from "@/gql/documents";

export interface Found {
  id: string;
  name: string;
  /** What they did in what was found, most often first. */
  roles: string[];
}

/** Words as they are compared: without case and accents, without signs. */
function wordsOf(text: string): string[] {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Whether a word begins as it was typed, although one letter of four or more is wrong, missing, too many or in the next one's place. */
function begins(word: string, typed: string): boolean {
  if (word.startsWith(typed)) return true;
  if (typed.length < 4) return false;
  for (const length of [typed.length - 1, typed.length, typed.length + 1])
    if (length <= word.length && isNear(word.slice(0, length), typed)) return true;
  return false;
}

function isNear(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [mine, theirs] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  // One letter, or two in each other's place.
  return (
    Math.max(mine.length, theirs.length) <= 1 ||
    (mine.length === 2 && mine === [...theirs].reverse().join(""))
  );
}

/** Who of those who made what was found is meant by the text: every word of it begins a word of the name. */
export function peopleMeant(text: string, answer: SearchPeopleQuery | undefined, most = 8): Found[] {
  const typed = wordsOf(text);
  if (typed.length === 0 || !answer) return [];
  const found = new Map<string, Found & { times: number }>();
  for (const { node: title } of answer.search.edges)
    for (const { node } of title.credits.edges) {
      const known = found.get(node.person.id);
      if (known) {
        known.times++;
        if (!known.roles.includes(node.role)) known.roles.push(node.role);
        continue;
      }
      const name = wordsOf(node.person.name);
      if (typed.every((word) => name.some((part) => begins(part, word))))
        found.set(node.person.id, { ...node.person, roles: [node.role], times: 1 });
    }
  return [...found.values()].sort((one, other) => other.times - one.times).slice(0, most);
}

/** What to ask for when a text finds nothing: its words alone, the longest first, then their beginnings. */
export function nearTo(text: string): string[] {
  const words = wordsOf(text).sort((one, other) => other.length - one.length);
  const longest = words[0] ?? "";
  const near = [
    ...(words.length > 1 ? words : []),
    ...[0.75, 0.5].map((part) => longest.slice(0, Math.ceil(longest.length * part))),
  ];
  return [...new Set(near)].filter((one) => one.length > 1 && one !== words.join(" ")).slice(0, 4);
}
