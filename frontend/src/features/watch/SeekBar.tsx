import { useLingui } from "@lingui/react/macro";
import { type PointerEvent, useRef, useState } from "react";
import type { VideoFactsFragment } from "@/gql/documents";
import { clock } from "@/lib/format";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import { type Thumbnail, thumbnailAt } from "@/lib/player/storyboard";
import { Preview } from "./Preview";

interface SeekBarProps {
  store: PlayerStore;
  facts: Pick<VideoFactsFragment, "chapters" | "markers">;
  thumbnails: readonly Thumbnail[];
  /** A place that keys are moving to: its picture is shown as if the pointer were there. */
  peek: number | null;
}

const share = (part: number, whole: number) => `${whole > 0 ? Math.min(100, (part / whole) * 100) : 0}%`;

/** Where the film stands, what is there already, and a way to any place in it. */
export function SeekBar({ store, facts, thumbnails, peek }: SeekBarProps) {
  const { t } = useLingui();
  const time = usePlayerState(store, (state) => state.time);
  const duration = usePlayerState(store, (state) => state.duration);
  const available = usePlayerState(store, (state) => state.available);
  const bufferedEnd = usePlayerState(store, (state) => state.bufferedEnd);
  const bar = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const [dragging, setDragging] = useState(false);

  const timeAt = (event: PointerEvent) => {
    const box = bar.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * duration;
  };

  const shown = dragging && pointed !== null ? pointed : time;
  const looked = pointed ?? peek;
  const chapter =
    looked === null ? null : facts.chapters.findLast(({ startSeconds }) => startSeconds <= looked);
  const position = clock(shown);
  const length = clock(duration);

  return (
    <div
      ref={bar}
      role="slider"
      tabIndex={0}
      // A film's time runs to the right in every language, as the arrow keys do.
      dir="ltr"
      className="seek"
      data-testid="seek-bar"
      data-dragging={dragging || undefined}
      data-pointed={looked !== null || undefined}
      aria-label={t`Position`}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration)}
      aria-valuenow={Math.round(shown)}
      aria-valuetext={t`${position} of ${length}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        setPointed(timeAt(event));
      }}
      onPointerMove={(event) => {
        if (event.pointerType === "mouse" || dragging) setPointed(timeAt(event));
      }}
      onPointerUp={(event) => {
        if (!dragging) return;
        store.seek(timeAt(event));
        setDragging(false);
        if (event.pointerType !== "mouse") setPointed(null);
      }}
      onPointerCancel={() => {
        setDragging(false);
        setPointed(null);
      }}
      onPointerLeave={() => {
        if (!dragging) setPointed(null);
      }}
      onKeyDown={(event) => {
        if (event.key === "Home") store.seek(0);
        else if (event.key === "End") store.seek(duration);
        else if (event.key === "PageUp") store.seekBy(60);
        else if (event.key === "PageDown") store.seekBy(-60);
        else return;
        event.preventDefault();
      }}
    >
      <div className="seek-track">
        <div className="seek-buffered" style={{ width: share(bufferedEnd, duration) }} />
        {available < duration - 1 && (
          <div className="seek-unmade" style={{ insetInlineStart: share(available, duration) }} />
        )}
        {pointed !== null && !dragging && (
          <div className="seek-pointed" style={{ width: share(pointed, duration) }} />
        )}
        {facts.markers.map(({ kind, startSeconds, endSeconds }) => (
          <div
            key={`${kind}${startSeconds}`}
            className="seek-marker"
            style={{
              insetInlineStart: share(startSeconds, duration),
              width: share(endSeconds - startSeconds, duration),
            }}
          />
        ))}
        <div className="seek-played" style={{ width: share(shown, duration) }} />
        {facts.chapters
          .filter(({ startSeconds }) => startSeconds > 0 && startSeconds < duration)
          .map(({ startSeconds }) => (
            <div
              key={startSeconds}
              className="seek-chapter"
              style={{ insetInlineStart: share(startSeconds, duration) }}
            />
          ))}
      </div>
      <div className="seek-thumb" style={{ insetInlineStart: share(shown, duration) }} />
      {looked !== null && duration > 0 && (
        <Preview
          thumbnail={thumbnailAt(thumbnails, looked)}
          time={looked}
          part={looked / duration}
          chapter={chapter?.title ?? null}
        />
      )}
    </div>
  );
}
