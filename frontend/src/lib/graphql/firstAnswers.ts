import { whenForgotten } from "@/lib/forgetting";

/**
 * What the page itself carries: answers to what it asks first, put there by the server as data. Each is given out
 * once, so that asking again asks the server.
 */
interface FirstAnswer {
  operation: string;
  variables: object;
  data: unknown;
}

/** They are of the moment in which the page was made. Milliseconds. */
const longest = 30_000;

let answers = read();

function read(): FirstAnswer[] {
  const text = document.getElementById("first-answers")?.textContent;
  try {
    const found: unknown = text ? JSON.parse(text) : [];
    return Array.isArray(found) ? found : [];
  } catch (fault) {
    console.error(fault);
    return [];
  }
}

/** The data of an operation with these variables, if the page carries it. */
export function takeFirstAnswer(document: string, variables: unknown): unknown {
  if (answers.length === 0) return undefined;
  if (performance.now() > longest) forgetFirstAnswers();
  const name = /^\s*query (\w+)/.exec(document)?.[1];
  const wanted = JSON.stringify(variables);
  const found = answers.find((one) => one.operation === name && JSON.stringify(one.variables) === wanted);
  answers = answers.filter((one) => one !== found);
  return found?.data;
}

/** For whoever is here no more, and before anything is changed. */
export function forgetFirstAnswers(): void {
  answers = [];
  // Nothing of it is left in the page either, for whoever sits here next.
  document.getElementById("first-answers")?.remove();
}

/** As when a page has loaded; for tests. */
export function readFirstAnswers(): void {
  answers = read();
}

whenForgotten(forgetFirstAnswers);
