import type { QueryClient } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import { forgetEverything } from "./forgetting";
import { profileKey, type Viewer, viewerQuery } from "./graphql/queries";

/** The person signed in, null when nobody is or it is not known yet. */
export function useViewer(): Viewer | null {
  return useQuery(viewerQuery).data ?? null;
}

/** The part of a query's key that says whose answer it is. */
export function useProfileKey(): string {
  return profileKey(useViewer());
}

/** Removes every answer but the one about who is here, and what was sent: forms with passwords are among that. */
function forgetAnswers(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== viewerQuery.queryKey[0] });
  client.getMutationCache().clear();
}

/** Forgets everything that was shown to whoever was here before, and asks again who is here. */
export async function startAfresh(client: QueryClient): Promise<Viewer | null> {
  forgetEverything();
  await client.cancelQueries();
  forgetAnswers(client);
  try {
    // That answer stays and changes, so that whatever is on the page follows it: header, language, colours.
    const viewer = await client.fetchQuery({ ...viewerQuery, staleTime: 0 });
    // A page that was still there may have asked for what it knew under the name of the one before.
    await client.cancelQueries({ predicate: ({ queryKey }) => queryKey[0] !== profileKey(viewer) });
    client.removeQueries({
      predicate: ({ queryKey: [whose] }) => whose !== viewerQuery.queryKey[0] && whose !== profileKey(viewer),
    });
    return viewer;
  } catch (cause) {
    client.clear();
    throw cause;
  }
}

/** Nobody is signed in any more, or none of the profiles watches: as the server has just said. */
export function forgetWhoIsHere(client: QueryClient, isOut: boolean): void {
  forgetEverything();
  forgetAnswers(client);
  if (isOut) client.setQueryData(viewerQuery.queryKey, null);
  else void client.invalidateQueries({ queryKey: viewerQuery.queryKey });
}
