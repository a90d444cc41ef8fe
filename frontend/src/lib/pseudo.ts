import type { Messages } from "@lingui/core";
import type { Direction } from "./direction";

const plain = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const strange = [..."àƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"];
const accented: Record<string, string> = Object.fromEntries(
  plain.map((letter, index) => [letter, strange[index] ?? letter]),
);

/** Marks of right-to-left override and its end: what is between them is shown backwards. */
const override = "\u202e";
const end = "\u202c";

function disguise(text: string, direction: Direction): string {
  // Places where elements go are not words.
  return text
    .split(/(<\/?\d+\/?>)/)
    .map((part) => {
      if (part.startsWith("<") || part.trim() === "") return part;
      if (direction === "rtl") return part.replace(/\S+/g, (word) => `${override}${word}${end}`);
      return part.replace(/[a-z]/gi, (letter) => accented[letter] ?? letter);
    })
    .join("");
}

type Compiled = Exclude<Messages[string], string>;
type Token = Compiled[number];

function ofToken(token: Token, direction: Direction): Token {
  if (typeof token === "string") return disguise(token, direction);
  const [name, kind, options] = token as [string, string?, Record<string, unknown>?];
  if (!options || typeof options !== "object") return token;
  const made = Object.fromEntries(
    Object.entries(options).map(([option, value]) => [
      option,
      Array.isArray(value)
        ? (value as Compiled).map((part) => (part === "#" ? part : ofToken(part, direction)))
        : typeof value === "string" && option !== "offset"
          ? disguise(value, direction)
          : value,
    ]),
  );
  return [name, kind, made] as unknown as Token;
}

const letters = (message: Compiled): number =>
  message.reduce<number>((sum, part) => sum + (typeof part === "string" ? part.length : 8), 0);

/**
 * English made strange: every letter accented and every message two fifths longer and in brackets, or, right to
 * left, every word turned round. What is not so on a page is not in the catalogue; what is cut off is too narrow.
 */
export function pseudoMessages(messages: Messages, direction: Direction): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([id, message]) => {
      const compiled: Compiled = typeof message === "string" ? [message] : message;
      const made = compiled.map((part) => ofToken(part, direction));
      if (direction === "rtl") return [id, made];
      const more = "·".repeat(Math.ceil(letters(compiled) * 0.4));
      return [id, ["⟦", ...made, `${more}⟧`] as Compiled];
    }),
  );
}
