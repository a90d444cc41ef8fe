import { useLingui } from "@lingui/react/macro";
import { Icon } from "@/components/Icon";
import type { VideoFactsFragment } from "@/gql/documents";
import { clock } from "@/lib/format";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import type { Thumbnail } from "@/lib/player/storyboard";
import type { Wishes } from "@/lib/player/wishes";
import { JumpIcon } from "./JumpIcon";
import { ChaptersMenu, QualityMenu, SettingsMenu, SpeedMenu, TracksMenu } from "./menus";
import { SeekBar } from "./SeekBar";
import { VolumeControl } from "./VolumeControl";

interface ControlsProps {
  store: PlayerStore;
  facts: Pick<VideoFactsFragment, "chapters" | "markers">;
  thumbnails: readonly Thumbnail[];
  peek: number | null;
  /** Opens the list of episodes, null for a film without any. */
  onEpisodes: (() => void) | null;
  onNext: (() => void) | null;
  onWishes: (wishes: Partial<Wishes>) => void;
  onLooks: () => void;
  onMenu: (open: boolean) => void;
}

export function Controls(props: ControlsProps) {
  const { store, facts, thumbnails, peek, onEpisodes, onNext, onMenu } = props;
  const { t } = useLingui();
  const fullscreen = usePlayerState(store, (state) => state.fullscreen);
  const canFullscreen = usePlayerState(store, (state) => state.canFullscreen);
  const canPip = usePlayerState(store, (state) => state.canPictureInPicture);
  const canCast = usePlayerState(store, (state) => state.canCast || state.casting !== "off");
  const casting = usePlayerState(store, (state) => state.casting);
  const pip = usePlayerState(store, (state) => state.pictureInPicture);

  return (
    <div className="controls" data-testid="controls">
      <SeekBar store={store} facts={facts} thumbnails={thumbnails} peek={peek} />
      <div className="controls-row">
        <PlayButton store={store} className="wide-only" testId="play-button" />
        <JumpButton store={store} seconds={-10} className="wide-only" />
        <JumpButton store={store} seconds={10} className="wide-only" />
        <VolumeControl store={store} />
        <Clock store={store} />
        <div className="grow" />
        {onNext && <Control icon="next" label={t`Next episode`} onPress={onNext} />}
        {onEpisodes && <Control icon="episodes" label={t`Episodes`} onPress={onEpisodes} />}
        <ChaptersMenu store={store} onOpen={onMenu} chapters={facts.chapters} className="wide-only" />
        <TracksMenu store={store} onOpen={onMenu} onChoose={props.onWishes} onLooks={props.onLooks} />
        <SpeedMenu store={store} onOpen={onMenu} className="wide-only" />
        <QualityMenu store={store} onOpen={onMenu} className="wide-only" />
        <SettingsMenu store={store} onOpen={onMenu} className="narrow-only" />
        {canCast && (
          <Control
            icon="cast"
            label={casting === "off" ? t`Show on another screen` : t`Other screen`}
            onPress={() => store.cast()}
          />
        )}
        {canPip && (
          <Control
            icon="pip"
            label={pip ? t`Back into the page` : t`Picture in picture`}
            onPress={() => store.togglePictureInPicture()}
            className="wide-only"
          />
        )}
        {canFullscreen && (
          <Control
            icon={fullscreen ? "fullscreenExit" : "fullscreen"}
            label={fullscreen ? t`Leave full screen` : t`Full screen`}
            hint="f"
            onPress={() => store.toggleFullscreen()}
          />
        )}
      </div>
    </div>
  );
}

interface ControlProps {
  icon: Parameters<typeof Icon>[0]["name"];
  label: string;
  hint?: string;
  className?: string;
  onPress: () => void;
}

export function Control({ icon, label, hint, className = "", onPress }: ControlProps) {
  return (
    <button
      type="button"
      className={`control ${className}`}
      aria-label={label}
      title={hint ? `${label} (${hint})` : label}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}

interface PlayButtonProps {
  store: PlayerStore;
  className?: string;
  testId?: string;
  iconClass?: string;
}

export function PlayButton({ store, className = "", testId, iconClass = "size-7" }: PlayButtonProps) {
  const { t } = useLingui();
  const playing = usePlayerState(store, (state) => state.playing);
  const ended = usePlayerState(store, (state) => state.status === "ended");
  const label = playing ? t`Pause` : ended ? t`Play again` : t`Play`;
  return (
    <button
      type="button"
      className={`control ${className}`}
      data-testid={testId}
      aria-label={label}
      title={`${label} (k)`}
      onClick={() => store.toggle()}
    >
      <Icon name={playing ? "pause" : ended ? "replay" : "play"} className={iconClass} />
    </button>
  );
}

interface JumpButtonProps {
  store: PlayerStore;
  seconds: 10 | -10;
  className?: string;
  iconClass?: string;
}

export function JumpButton({ store, seconds, className = "", iconClass = "size-7" }: JumpButtonProps) {
  const { t } = useLingui();
  const label = seconds < 0 ? t`Ten seconds back` : t`Ten seconds on`;
  return (
    <button
      type="button"
      className={`control ${className}`}
      aria-label={label}
      title={`${label} (${seconds < 0 ? "j" : "l"})`}
      onClick={() => store.seekBy(seconds)}
    >
      <JumpIcon forward={seconds > 0} className={iconClass} />
    </button>
  );
}

function Clock({ store }: { store: PlayerStore }) {
  const time = usePlayerState(store, (state) => clock(state.time));
  const duration = usePlayerState(store, (state) => clock(state.duration));
  return (
    // The slider says the same to those who do not see it.
    <p aria-hidden="true" className="clock tabular">
      {time} <span className="clock-length">/ {duration}</span>
    </p>
  );
}
