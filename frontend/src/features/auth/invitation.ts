/** The secret of the invitation in an address (`/signup#invitation=…`); null where there is none. Servers never see it. */
export function invitationIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("invitation") || null;
}
