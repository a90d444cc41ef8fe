import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type Answer, call, pending } from "@/lib/allauth/client";
import { givePasskey, PasskeyDeclined, type RequestOptions } from "@/lib/allauth/passkeys";
import type { Fault } from "@/lib/faults";
import { startAfresh } from "@/lib/session";

/** Kinds of second factor, by the names that the server gives them. */
export type Factor = "totp" | "recovery_codes" | "webauthn";

/** Where a sign-in stands after an answer. */
export type Outcome =
  | { now: "in" }
  /** The password was right, and one of these is wanted too. */
  | { now: "factor"; factors: readonly Factor[] }
  /** The address has to be verified first; a letter is on its way. */
  | { now: "verify" }
  /** Another house vouches for an address that has an account here: sign in to that first. */
  | { now: "known" }
  /** It took too long between password and second factor: begin again. */
  | { now: "again" }
  | { now: "out"; faults: readonly Fault[] };

const known: readonly Factor[] = ["webauthn", "totp", "recovery_codes"];

export function outcomeOf(answer: Answer): Outcome {
  // 409: this browser is signed in already, in another tab.
  if (answer.status === 200 || answer.status === 409) return { now: "in" };
  if (answer.faults.length > 0) return { now: "out", faults: answer.faults };
  const factor = pending(answer, "mfa_authenticate");
  if (factor) return { now: "factor", factors: known.filter((kind) => factor.types?.includes(kind)) };
  if (pending(answer, "provider_signup")) return { now: "known" };
  if (pending(answer, "verify_email")) return { now: "verify" };
  return { now: "again" };
}

async function withPasskey(path: string): Promise<Answer> {
  const options = await call<RequestOptions>("GET", path);
  if (options.status !== 200) return options;
  return call("POST", path, { credential: await givePasskey(options.data) });
}

export type Attempt =
  | { by: "password"; email: string; password: string }
  | { by: "code"; code: string }
  /** As the second factor of a password that was right. */
  | { by: "key" }
  /** Instead of a password. */
  | { by: "passkey" }
  /** Back from another house, which has said who it is. */
  | { by: "provider" };

function send(attempt: Attempt): Promise<Answer> {
  switch (attempt.by) {
    case "password":
      return call("POST", "/auth/login", { email: attempt.email, password: attempt.password });
    case "code":
      return call("POST", "/auth/2fa/authenticate", { code: attempt.code });
    case "key":
      return withPasskey("/auth/webauthn/authenticate");
    case "passkey":
      return withPasskey("/auth/webauthn/login");
    case "provider":
      return call("GET", "/auth/session");
  }
}

/** Goes on to where one was on the way to, having forgotten what was shown before; asks who is watching first. */
export function useGoIn(next: string | undefined) {
  const client = useQueryClient();
  const router = useRouter();
  return async () => {
    const viewer = await startAfresh(client);
    if (viewer && !viewer.activeProfile && viewer.profiles.length > 0)
      await router.navigate({ to: "/profiles", search: next ? { next } : {}, replace: true });
    else await router.navigate({ href: next ?? "/", replace: true });
  };
}

/** One step of a sign-in; where it holds, goes in. Null where somebody gave no passkey after all. */
export function useSignIn(next: string | undefined) {
  const goIn = useGoIn(next);
  return useMutation({
    mutationFn: async (attempt: Attempt): Promise<Outcome | null> => {
      try {
        return outcomeOf(await send(attempt));
      } catch (cause) {
        if (cause instanceof PasskeyDeclined) return null;
        throw cause;
      }
    },
    onSuccess: async (outcome) => {
      if (outcome?.now === "in") await goIn();
    },
  });
}
