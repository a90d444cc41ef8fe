import { clock } from "@/lib/format";
import type { Thumbnail } from "@/lib/player/storyboard";

interface PreviewProps {
  thumbnail: Thumbnail | null;
  time: number;
  /** 0..1 of the bar, where it stands. */
  part: number;
  chapter: string | null;
}

const widest = 224;

/** The picture of a moment, above the bar, with its time. It never leaves the bar's ends. */
export function Preview({ thumbnail, time, part, chapter }: PreviewProps) {
  const scale = thumbnail ? Math.min(widest / thumbnail.width, 140 / thumbnail.height) : 1;
  const width = thumbnail ? Math.round(thumbnail.width * scale) : 0;
  const height = thumbnail ? Math.round(thumbnail.height * scale) : 0;
  const half = Math.max(width, 60) / 2;
  return (
    <div
      aria-hidden="true"
      className="preview"
      data-testid="seek-preview"
      style={{ insetInlineStart: `clamp(${half}px, ${part * 100}%, 100% - ${half}px)` }}
    >
      {thumbnail && (
        <div className="preview-frame" style={{ width, height }}>
          <div
            style={{
              width: thumbnail.width,
              height: thumbnail.height,
              backgroundImage: `url("${thumbnail.url}")`,
              backgroundPosition: `-${thumbnail.x}px -${thumbnail.y}px`,
              transform: `scale(${width / thumbnail.width}, ${height / thumbnail.height})`,
              transformOrigin: "0 0",
            }}
          />
        </div>
      )}
      <p className="preview-words">
        <span className="tabular">{clock(time)}</span>
        {chapter && <span className="preview-chapter">{chapter}</span>}
      </p>
    </div>
  );
}
