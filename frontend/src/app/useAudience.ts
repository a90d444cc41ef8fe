import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect } from "react";
import { viewerQuery } from "@/lib/graphql/queries";

/** Says on the document for whom it is, so that a child's profile looks like no other: before it is painted. */
export function useAudience(): void {
  const { data: viewer } = useQuery({ ...viewerQuery, enabled: false });
  const isKids = viewer === undefined ? undefined : (viewer?.activeProfile?.isKids ?? false);
  useLayoutEffect(() => {
    // While it is asked anew who is here, it stays as it is.
    if (isKids === undefined) return;
    if (isKids) document.documentElement.dataset.audience = "kids";
    else delete document.documentElement.dataset.audience;
  }, [isKids]);
}
