import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { timeLeft, watchedPart } from "@/lib/format";
import { ButtonLink } from "./Button";
import { Icon } from "./Icon";

interface PlayButtonProps {
  video: {
    id: string;
    durationSeconds: number | null;
    isPlayable: boolean;
    progress: { positionSeconds: number; completed: boolean } | null;
  } | null;
  /** Of a series: "S1 E2", said on the button. */
  episode?: string | null;
}

/** Play, or Resume with what is left. Nothing while there is nothing to watch. */
export function PlayButton({ video, episode }: PlayButtonProps) {
  if (!video?.isPlayable) return null;
  const begun = watchedPart(video.progress, video.durationSeconds) !== null;
  return (
    <ButtonLink to="/watch/$videoId" params={{ videoId: video.id }} look="primary" size="large" icon="play">
      {begun ? <Trans>Resume</Trans> : <Trans>Play</Trans>} {episode && <span>{episode}</span>}{" "}
      {begun && video.progress && video.durationSeconds && (
        <span className="tabular text-[0.82em] font-[420]">
          {timeLeft(video.progress.positionSeconds, video.durationSeconds)}
        </span>
      )}
    </ButtonLink>
  );
}

/** The same as a round button without words, for where there is little room. */
export function PlayCircle({ video, name }: { video: PlayButtonProps["video"]; name: string }) {
  const { t } = useLingui();
  if (!video?.isPlayable) return null;
  const begun = watchedPart(video.progress, video.durationSeconds) !== null;
  return (
    <Link
      to="/watch/$videoId"
      params={{ videoId: video.id }}
      aria-label={begun ? t`Resume ${name}` : t`Play ${name}`}
      title={begun ? t`Resume` : t`Play`}
      className="inline-grid size-10 place-items-center rounded-full bg-amber-fill text-on-amber transition-colors duration-(--press) hover:bg-amber-hover focus-visible:rounded-full"
    >
      <Icon name="play" className="size-5" />
    </Link>
  );
}
