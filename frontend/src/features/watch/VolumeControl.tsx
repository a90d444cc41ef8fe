import { useLingui } from "@lingui/react/macro";
import { Icon } from "@/components/Icon";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";

/** A press silences; the slider beside it opens under the pointer or with the focus. */
export function VolumeControl({ store }: { store: PlayerStore }) {
  const { t } = useLingui();
  const volume = usePlayerState(store, (state) => state.volume);
  const muted = usePlayerState(store, (state) => state.muted);
  const heard = muted ? 0 : volume;
  const percent = Math.round(heard * 100);
  const label = muted ? t`Sound on` : t`Sound off`;
  return (
    <div className="volume">
      <button
        type="button"
        className="control"
        aria-label={label}
        title={`${label} (m)`}
        onClick={() => store.toggleMuted()}
      >
        <Icon name={heard === 0 ? "volumeOff" : "volume"} />
      </button>
      <input
        type="range"
        dir="ltr"
        className="volume-slider"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-label={t`Volume`}
        aria-valuetext={`${percent} %`}
        style={{ "--part": `${percent}%` } as React.CSSProperties}
        onChange={(event) => store.setVolume(Number(event.target.value) / 100)}
        // Its own keys move it; those of the player have to reach the player.
        onKeyDown={(event) => {
          if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End")
            event.stopPropagation();
        }}
      />
    </div>
  );
}
