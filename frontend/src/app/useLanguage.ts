import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { viewerQuery } from "@/lib/graphql/queries";
import { activateLanguage, rememberLanguage, wantedLanguages } from "@/lib/i18n";

/** Speaks the language of the profile that watches; the browser's where none does. */
export function useLanguage(): void {
  // Looks at the answer that others ask for; undefined while nobody knows who is here.
  const { data: viewer } = useQuery({ ...viewerQuery, enabled: false });
  const active = viewer?.activeProfile?.id;
  const language = viewer?.profiles.find(({ id }) => id === active)?.language ?? null;
  const known = viewer !== undefined;
  useEffect(() => {
    if (!known) return;
    rememberLanguage(language);
    // Without its catalogue the page stays in the language it has.
    activateLanguage(wantedLanguages(language)).catch(() => undefined);
  }, [known, language]);
}
