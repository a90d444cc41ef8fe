import type { Fault } from "../faults";
import { ApiError, cookie } from "../graphql/client";

/** What is still wanted before somebody is signed in, or may change what they asked to. */
export interface Flow {
  id: string;
  is_pending?: boolean;
  /** Kinds of second factor that the account has. */
  types?: string[];
}

/** One answer of django-allauth: https://docs.allauth.org/en/latest/headless/openapi-specification/ */
export interface Answer<Data = unknown> {
  /** As in HTTP. 401 names in `flows` what is wanted, 404 that there is no such thing yet, 409 that it cannot be now. */
  status: number;
  data: Data;
  meta: Record<string, unknown>;
  flows: Flow[];
  faults: Fault[];
}

interface Body {
  status?: number;
  data?: unknown;
  meta?: Record<string, unknown>;
  errors?: { code?: string; message?: string; param?: string }[];
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

const root = "/_allauth/browser/v1";

/**
 * Asks the doors that accounts have beside GraphQL: sign-in with its second factor, reset, security, devices.
 * Answers that say what is wanted or what is wrong are answers. Throws ApiError: NETWORK when none came,
 * TOO_MANY_ATTEMPTS, FORBIDDEN (a child's profile), INTERNAL.
 */
export async function call<Data = unknown>(
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Data>> {
  const token = cookie("csrftoken");
  let response: Response;
  let answer: Body;
  try {
    response = await fetch(`${root}${path}`, {
      method,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(token && { "X-CSRFToken": token }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError("NETWORK", "No answer from the server.");
  }
  if (response.status === 429) throw new ApiError("TOO_MANY_ATTEMPTS", "That was a little too often.");
  if (response.status >= 500) throw new ApiError("INTERNAL", "The server failed.");
  try {
    answer = (await response.json()) as Body;
  } catch {
    if (response.status === 403) throw new ApiError("FORBIDDEN", "Not from this profile.");
    throw new ApiError("INTERNAL", "The server's answer was no JSON.");
  }
  const errors = answer.errors ?? [];
  if (response.status === 403 && errors.length === 0)
    throw new ApiError("FORBIDDEN", "Not for this account.");
  const data = answer.data as Data & { flows?: Flow[] };
  return {
    status: response.status,
    data,
    meta: answer.meta ?? {},
    flows: response.status === 401 ? (data?.flows ?? []) : [],
    faults: errors.map(({ code, message, param }) => ({
      field: param ?? null,
      code: (code ?? "invalid").toUpperCase(),
      message: message ?? "",
    })),
  };
}

/** The flow of that name, if it is what the answer waits for. */
export function pending(answer: Answer, id: string): Flow | null {
  return answer.flows.find((flow) => flow.id === id && flow.is_pending) ?? null;
}
