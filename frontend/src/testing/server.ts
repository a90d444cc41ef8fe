import { vi } from "vitest";

interface Asked {
  operation: string;
  variables: Record<string, unknown>;
}

type Answers = Record<string, (variables: never) => unknown>;

/**
 * Answers GraphQL requests by the name of their operation; an operation without an answer fails the request.
 * Returns what was asked, in order.
 */
export function serve(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(async (_url: string, init: RequestInit) => {
      const { query, variables } = JSON.parse(String(init.body));
      const operation = /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? "";
      asked.push({ operation, variables });
      const answer = answers[operation];
      if (!answer) throw new TypeError(`nobody answers ${operation}`);
      const result = answer(variables as never);
      const body =
        result instanceof Error
          ? { errors: [{ message: result.message, extensions: result.cause }] }
          : { data: result };
      return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
    }),
  );
  return asked;
}
