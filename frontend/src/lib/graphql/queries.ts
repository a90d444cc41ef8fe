import { MutationCache, QueryCache, QueryClient, queryOptions } from "@tanstack/react-query";
import { ViewerDocument, type ViewerQuery } from "@/gql/documents";
import { ApiError, execute } from "./client";

export type Viewer = NonNullable<ViewerQuery["viewer"]>;
export type Profile = Viewer["profiles"][number];

/** Called when an answer says that somebody has to sign in, or choose a profile, before anything else. */
type OnStopped = (code: "UNAUTHENTICATED" | "PROFILE_REQUIRED") => void;

export function createQueryClient(onStopped: OnStopped): QueryClient {
  const onError = (error: Error) => {
    if (!(error instanceof ApiError)) return;
    if (error.code === "UNAUTHENTICATED" || error.code === "PROFILE_REQUIRED") onStopped(error.code);
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        // Without a network a question is asked and fails, so that the page can say so; it is asked again when there is one.
        networkMode: "always",
        refetchOnReconnect: true,
        retry: (failures, error) =>
          failures < 2 && navigator.onLine && error instanceof ApiError && error.code === "NETWORK",
      },
      // What one does waits for no network in silence: it fails, and is taken back.
      mutations: { networkMode: "always" },
    },
  });
}

export const viewerQuery = queryOptions({
  queryKey: ["viewer"],
  // Without the signal: routes wait for this answer too, and must not lose it when the last component that shows it goes.
  queryFn: () => execute(ViewerDocument, {}).then((data) => data.viewer ?? null),
  staleTime: 5 * 60_000,
});

/** The first part of every answer's key: what one profile was shown is never taken for another's. */
export function profileKey(viewer: Viewer | null | undefined): string {
  return viewer?.activeProfile?.id ?? (viewer ? `user:${viewer.id}` : "nobody");
}
