import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";

/** What a code of the API means, where its own sentence is in a language that the reader did not choose. */
function ofCode(code: string, field: string | null): string | null {
  switch (code) {
    case "WRONG_CREDENTIALS":
    case "EMAIL_PASSWORD_MISMATCH":
      return t`That e-mail and password do not belong together.`;
    case "TOO_MANY_ATTEMPTS":
    case "TOO_MANY_LOGIN_ATTEMPTS":
      return t`That was too often. Wait a quarter of an hour, or set a new password.`;
    case "EMAIL_TAKEN":
      return t`There is an account of that address.`;
    case "WEAK_PASSWORD":
    case "PASSWORD_TOO_SHORT":
    case "PASSWORD_TOO_COMMON":
    case "PASSWORD_TOO_SIMILAR":
    case "PASSWORD_ENTIRELY_NUMERIC":
      return t`That password is too easily guessed. Take a longer one, of words that do not belong together.`;
    case "ENTER_CURRENT_PASSWORD":
    case "INCORRECT_PASSWORD":
      return t`That is not your password.`;
    case "INCORRECT_CODE":
      return t`That code is not right. Wait for the next one and try again.`;
    case "INVALID_OR_EXPIRED_KEY":
    case "INVALID_PASSWORD_RESET":
    case "TOKEN_INVALID":
      return t`This link is used up or too old. Ask for a new one.`;
    case "NAME_TAKEN":
      return t`There is a profile of that name already.`;
    case "TOO_MANY_PROFILES":
      return t`Your plan has no room for another profile.`;
    case "WRONG_PIN":
      return t`That is not the PIN of this profile.`;
    case "INVITATION_REQUIRED":
      return t`Accounts are made by invitation here. Open the link of yours; it is good once, and for some days.`;
    case "NOT_FOUND":
      return field === "userCode"
        ? t`No device waits with this code. Look at its screen, and start there again if the code is old.`
        : null;
    case "REQUIRED":
      return t`This is needed.`;
    case "INVALID":
      if (field === "email") return t`That is no e-mail address.`;
      if (field === "name") return t`Give a name of at most 40 letters.`;
      if (field === "pin") return t`Give four figures.`;
      return null;
    default:
      return null;
  }
}

/** A fault's sentence in the reader's language; the server's own where it speaks it, for it knows more. */
export function sentenceOf({
  code,
  field,
  message,
}: {
  code: string;
  field: string | null;
  message: string;
}) {
  if (i18n.locale === "en" && message) return message;
  return ofCode(code, field) ?? message;
}
