import { Trans, useLingui } from "@lingui/react/macro";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { duration, percent } from "@/lib/format";
import { bytes } from "./bytes";
import { Meter } from "./Meter";
import { type FilmUpload, secondsLeft, type UploadState } from "./upload";

/** How far a film is on its way in, and what can be done about it. */
export function UploadCard({ upload, onCancel }: { upload: FilmUpload; onCancel: () => void }) {
  const { t } = useLingui();
  const state = useSyncExternalStore(upload.subscribe, upload.state);
  const done = state.status === "done";
  const part = state.totalBytes > 0 ? state.sentBytes / state.totalBytes : 0;
  return (
    <section className="panel" aria-label={t`Upload`}>
      <div className="flex items-center gap-3">
        <Icon name={done ? "check" : "upload"} className={`size-6 ${done ? "text-green" : "text-amber"}`} />
        <p className="min-w-0 grow truncate font-[620] text-paper">{upload.file.name}</p>
        <p className="tabular text-paper">{done ? "100 %" : `${percent(part)} %`}</p>
      </div>
      <Meter part={done ? 1 : part} look={done ? "done" : state.status === "failed" ? "wrong" : "going"} />
      <p className="tabular text-fine text-faint" aria-live="polite">
        <UploadWords state={state} />
      </p>
      {!done && (
        <div className="flex flex-wrap gap-2">
          {state.status === "sending" ? (
            <Button size="small" icon="pause" onClick={() => void upload.pause()}>
              <Trans>Pause</Trans>
            </Button>
          ) : (
            <Button size="small" look="primary" icon="play" onClick={() => void upload.start()}>
              {state.status === "failed" ? <Trans>Try again</Trans> : <Trans>Go on</Trans>}
            </Button>
          )}
          <Button size="small" look="bare" onClick={onCancel}>
            <Trans>Cancel the upload</Trans>
          </Button>
        </div>
      )}
    </section>
  );
}

function UploadWords({ state }: { state: UploadState }) {
  const sent = bytes(state.sentBytes);
  const total = bytes(state.totalBytes);
  if (state.status === "done") return <Trans>All {total} have arrived.</Trans>;
  if (state.status === "paused")
    return (
      <Trans>
        Paused at {sent} of {total}.
      </Trans>
    );
  if (state.status === "failed") {
    if (state.failedWith === 413) return <Trans>This file is larger than this installation takes.</Trans>;
    if (state.failedWith === 507)
      return <Trans>There is no room left on the server. Make some, and try again.</Trans>;
    if (state.failedWith === 403 || state.failedWith === 401)
      return <Trans>You may not add films here any more. Sign in again as an operator.</Trans>;
    return (
      <Trans>
        The connection was lost at {sent} of {total}. What has arrived is kept.
      </Trans>
    );
  }
  const left = secondsLeft(state);
  if (state.speed === null || left === null)
    return (
      <Trans>
        {sent} of {total}
      </Trans>
    );
  const speed = bytes(Math.round(state.speed));
  const time = duration(left);
  return (
    <Trans>
      {sent} of {total} · {speed}/s · {time} left
    </Trans>
  );
}
