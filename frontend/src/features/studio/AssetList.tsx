import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/Button";
import { ErrorNotice } from "@/components/ErrorNotice";
import { RetryAssetDocument } from "@/gql/documents";
import { duration, number, percent } from "@/lib/format";
import { execute } from "@/lib/graphql/client";
import { type Asset, assetsKey, assetsQuery } from "./assets";
import { bytes } from "./bytes";
import { Meter } from "./Meter";

/** Every source and how far it is, as living bars with words beside them. */
export function AssetList() {
  const { data, error, refetch, isPending } = useQuery(assetsQuery);
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (isPending)
    return (
      <div className="skeletons grid gap-3" aria-hidden="true">
        {[0, 1, 2].map((place) => (
          <div key={place} className="skeleton h-24" />
        ))}
      </div>
    );
  if (data.length === 0)
    return (
      <p className="text-faint">
        <Trans>Nothing here yet. The films that you add show here while they are made ready.</Trans>
      </p>
    );
  return (
    <ul className="grid gap-3">
      {data.map((asset) => (
        <AssetRow key={asset.id} asset={asset} />
      ))}
    </ul>
  );
}

function AssetRow({ asset }: { asset: Asset }) {
  const client = useQueryClient();
  const words = useStateWords(asset);
  const pace = usePace(asset);
  const retry = useMutation({
    mutationFn: () => execute(RetryAssetDocument, { input: { assetId: asset.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: assetsKey }),
  });
  const refused = retry.data?.retryAsset?.errors[0]?.message;
  const failed = asset.state === "FAILED";
  const ready = asset.state === "READY";
  const facts = [
    asset.durationSeconds ? duration(asset.durationSeconds) : "",
    asset.sizeBytes ? bytes(asset.sizeBytes) : "",
    rungs(asset),
    ...pace,
  ].filter(Boolean);
  return (
    <li className="panel" data-testid="asset" data-state={asset.state}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="min-w-0 truncate font-[620] text-paper">{asset.fileName}</p>
        <p className={`tabular ${failed ? "text-red" : ready ? "text-green" : "text-paper"}`}>{words}</p>
      </div>
      {!failed && asset.state !== "CANCELLED" && (
        <Meter part={ready ? 1 : asset.progress} look={ready ? "done" : "going"} />
      )}
      {facts.length > 0 && <p className="tabular text-fine text-faint">{facts.join(" · ")}</p>}
      {failed && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="min-w-0 grow basis-64">
            {refused ?? asset.failure?.message}{" "}
            <span className="text-fine text-faint">{asset.failure?.code}</span>
          </p>
          {asset.failure?.canRetry && (
            <Button size="small" icon="replay" busy={retry.isPending} onClick={() => retry.mutate()}>
              <Trans>Retry</Trans>
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function useStateWords({ state, progress }: Asset): string {
  const { t } = useLingui();
  const done = percent(progress);
  switch (state) {
    case "UPLOADED":
      return t`Waiting for its turn`;
    case "PROBING":
      return t`Being looked at`;
    case "ENCODING":
      return t`Being made ready, ${done} %`;
    case "PLAYABLE":
      return t`Can be watched, ${done} % made`;
    case "READY":
      return t`Ready`;
    case "FAILED":
      return t`Failed`;
    default:
      return t`Stopped`;
  }
}

/** How fast it goes and how long it still takes, while that is known. */
function usePace({ speed, secondsLeft }: Asset): string[] {
  const { t } = useLingui();
  if (speed === null || secondsLeft === null) return [];
  const times = number(speed, 1);
  const left = duration(Math.max(1, Math.round(secondsLeft)));
  return [t`${times} times as fast as it plays`, t`${left} left`];
}

/** "1080p, 720p, 360p": what is made of it, the finest first. */
function rungs({ renditions }: Asset): string {
  const heights = renditions.flatMap(({ kind, height }) => (kind === "VIDEO" && height ? [height] : []));
  return [...new Set(heights)]
    .sort((one, other) => other - one)
    .map((height) => `${height}p`)
    .join(", ");
}
