import { vi } from "vitest";

interface Asked {
  /** The name of a GraphQL operation, or the method and path of a door beside it: "POST /auth/login". */
  operation: string;
  variables: Record<string, unknown>;
}

type Answers = Record<string, (variables: never) => unknown>;

const doors = "/_allauth/browser/v1";

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

/**
 * Answers GraphQL requests by the name of their operation, and django-allauth's by method and path, with its body as it
 * is (`status` is HTTP's too); one without an answer fails the request. Returns what was asked, in order.
 */
export function serve(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(async (url: string, init: RequestInit) => {
      const body = init.body ? JSON.parse(String(init.body)) : {};
      if (url.startsWith(doors)) {
        const operation = `${init.method} ${url.slice(doors.length)}`;
        asked.push({ operation, variables: body });
        const answer = answers[operation];
        if (!answer) throw new TypeError(`nobody answers ${operation}`);
        const result = answer(body as never) as { status?: number };
        return json({ status: 200, ...result }, result.status);
      }
      const { query, variables } = body;
      const operation = /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? "";
      asked.push({ operation, variables });
      const answer = answers[operation];
      if (!answer) throw new TypeError(`nobody answers ${operation}`);
      const result = answer(variables as never);
      return json(
        result instanceof Error
          ? { errors: [{ message: result.message, extensions: result.cause }] }
          : { data: result },
      );
    }),
  );
  return asked;
}
