import type { QueryClient } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import { profileKey, type Viewer, viewerQuery } from "./graphql/queries";

/** The person signed in, null when nobody is or it is not known yet. */
export function useViewer(): Viewer | null {
  return useQuery(viewerQuery).data ?? null;
}

/** The part of a query's key that says whose answer it is. */
export function useProfileKey(): string {
  return profileKey(useViewer());
}

/** Forgets everything that was shown to whoever was here before, and asks again who is here. */
export async function startAfresh(client: QueryClient): Promise<Viewer | null> {
  await client.cancelQueries();
  client.clear();
  return client.fetchQuery({ ...viewerQuery, staleTime: 0 });
}
