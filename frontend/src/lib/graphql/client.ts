import type { TypedDocumentString } from "@/gql/documents";
import { forgetFirstAnswers, takeFirstAnswer } from "./firstAnswers";

/** What went wrong with a request as a whole. What a form's reader did wrong comes in a payload's `errors`. */
export type ApiErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "PROFILE_REQUIRED"
  | "BAD_INPUT"
  | "TOO_COMPLEX"
  | "TOO_MANY_ATTEMPTS"
  | "INTERNAL"
  | "NETWORK";

const knownCodes: readonly string[] = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "PROFILE_REQUIRED",
  "BAD_INPUT",
  "TOO_COMPLEX",
  "TOO_MANY_ATTEMPTS",
  "INTERNAL",
];

export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** The number an operator can find in the log; there only when the server had one to give. */
  readonly reference: string | null;

  constructor(code: ApiErrorCode, message: string, reference: string | null = null) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.reference = reference;
  }
}

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string; id?: string } }[];
}

export function cookie(name: string): string | null {
  for (const part of document.cookie.split("; ")) {
    const [key, ...value] = part.split("=");
    if (key === name) return decodeURIComponent(value.join("="));
  }
  return null;
}

/**
 * Sends one document to the API as the person of the session cookie.
 * Throws ApiError: NETWORK when no answer came, else the code of the first error in it.
 */
export async function execute<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const text = document.toString();
  if (/^\s*mutation\b/.test(text)) forgetFirstAnswers();
  const carried = takeFirstAnswer(text, variables);
  if (carried !== undefined) return carried as Result;

  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    Accept: "application/graphql-response+json, application/json",
  };
  const token = cookie("csrftoken");
  if (token) headers["X-CSRFToken"] = token;

  let answer: Answer<Result>;
  try {
    const response = await fetch("/graphql/", {
      method: "POST",
      credentials: "same-origin",
      headers,
      body: JSON.stringify({ query: text, variables }),
      signal: signal ?? null,
    });
    answer = (await response.json()) as Answer<Result>;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("NETWORK", "No answer from the server.");
  }

  const error = answer.errors?.[0];
  if (error) {
    const code = error.extensions?.code ?? "";
    throw new ApiError(
      knownCodes.includes(code) ? (code as ApiErrorCode) : "INTERNAL",
      error.message,
      error.extensions?.id ?? null,
    );
  }
  if (!answer.data) throw new ApiError("INTERNAL", "The server's answer was empty.");
  return answer.data;
}

/** An answer for a page that is somebody's: that nobody is signed in is a null in it and no error, and here it is one. */
export function forSomebody<Result extends { viewer: unknown }>(answer: Result): Result {
  if (!answer.viewer) throw new ApiError("UNAUTHENTICATED", "Nobody is signed in.");
  return answer;
}
