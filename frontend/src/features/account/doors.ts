import { useQuery } from "@tanstack/react-query";
import { type Answer, call } from "@/lib/allauth/client";
import { ApiError } from "@/lib/graphql/client";
import { useProfileKey } from "@/lib/session";

/** A second factor, as the server lists them. Times are seconds since 1970. */
export interface Authenticator {
  type: "totp" | "webauthn" | "recovery_codes";
  created_at: number;
  last_used_at: number | null;
  /** Of passkeys and keys. */
  id?: number;
  name?: string;
  is_passwordless?: boolean;
  /** Of recovery codes. */
  total_code_count?: number;
  unused_code_count?: number;
}

export interface BrowserSession {
  id: number;
  user_agent: string;
  ip: string;
  created_at: number;
  last_seen_at?: number;
  is_current: boolean;
}

export interface Address {
  email: string;
  verified: boolean;
  primary: boolean;
}

/** Whether an answer waits for a proof of who one is, because the last one was too long ago. */
export function wantsProof(answer: Answer): boolean {
  return answer.flows.some(({ id }) => id === "reauthenticate" || id === "mfa_reauthenticate");
}

/** Answers to somebody signed in. Throws ApiError UNAUTHENTICATED where nobody is any more. */
export async function ask<Data>(...request: Parameters<typeof call>): Promise<Answer<Data>> {
  const answer = await call<Data>(...request);
  if (answer.status === 401 && !wantsProof(answer)) throw new ApiError("UNAUTHENTICATED", "Sign in first.");
  return answer;
}

/** An account of another house that signs in to this one. */
export interface Connection {
  uid: string;
  display: string;
  provider: { id: string; name: string };
}

function useDoor<Data>(name: string, path: string, enabled = true) {
  const whose = useProfileKey();
  return useQuery({
    queryKey: [whose, "account", name],
    enabled,
    queryFn: () => ask<Data>("GET", path).then(({ data }) => data),
  });
}

export const useAuthenticators = () => useDoor<Authenticator[]>("authenticators", "/account/authenticators");
export const useSessions = () => useDoor<BrowserSession[]>("sessions", "/auth/sessions");
export const useAddresses = () => useDoor<Address[]>("addresses", "/account/email");
export const useConnections = (enabled: boolean) =>
  useDoor<Connection[]>("providers", "/account/providers", enabled);

/** A moment of the server's, as `since` and `day` want it. */
export const moment = (seconds: number) => new Date(seconds * 1000).toISOString();
