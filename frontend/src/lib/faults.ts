import { t } from "@lingui/core/macro";
import { ApiError } from "./graphql/client";
import { sentenceOf } from "./sentences";

/** One entry of a payload's `errors`. */
export interface Fault {
  field: string | null;
  code: string;
  message: string;
}

/** The message for one field of a form, or null. */
export function faultOf(faults: readonly Fault[], field: string): string | null {
  const found = faults.find((fault) => fault.field === field);
  return found ? sentenceOf(found) : null;
}

/** What belongs to none of a form's fields: what is wrong with the whole, or that no answer came. */
export function faultOfForm(
  faults: readonly Fault[],
  fields: readonly string[],
  error: unknown,
): string | null {
  const whole = faults.find((fault) => !fault.field || !fields.includes(fault.field));
  if (whole) return sentenceOf(whole);
  if (!error) return null;
  if (error instanceof ApiError && error.code === "NETWORK")
    return t`The server does not answer. Check your connection and try again.`;
  if (error instanceof ApiError && error.code === "FORBIDDEN")
    return t`Not from this profile. Switch to another first.`;
  if (error instanceof ApiError && error.code !== "INTERNAL")
    return sentenceOf({ code: error.code, field: null, message: error.message });
  const reference = error instanceof ApiError ? error.reference : null;
  return reference
    ? t`Something went wrong on our side. Try again. Number to quote: ${reference}`
    : t`Something went wrong on our side. Try again.`;
}
