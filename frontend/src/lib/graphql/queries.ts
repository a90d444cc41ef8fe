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
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.code === "NETWORK",
      },
    },
  });
}

export const viewerQuery = queryOptions({
  queryKey: ["viewer"],
  queryFn: ({ signal }) => execute(ViewerDocument, {}, signal).then((data) => data.viewer ?? null),
  staleTime: 5 * 60_000,
});

/** The first part of every answer's key: what one profile was shown is never taken for another's. */
export function profileKey(viewer: Viewer | null | undefined): string {
  return viewer?.activeProfile?.id ?? (viewer ? `user:${viewer.id}` : "nobody");
}
