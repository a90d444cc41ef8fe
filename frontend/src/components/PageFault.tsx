import { ErrorNotice } from "./ErrorNotice";

/** A page that did not come, where nothing else is on it. */
export function PageFault({ query }: { query: { error: unknown; refetch: () => unknown } }) {
  return (
    <div className="page-top">
      <ErrorNotice level="h1" error={query.error} onRetry={() => void query.refetch()} />
    </div>
  );
}
