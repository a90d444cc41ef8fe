import { useLingui } from "@lingui/react/macro";
import type { VideoFactsFragment } from "@/gql/documents";
import { clock } from "@/lib/format";
import { bitrateLabel, levelLabel, rateLabel } from "@/lib/player/labels";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import { originalLevel, rates } from "@/lib/player/types";
import type { Wishes } from "@/lib/player/wishes";
import { Choices, Menu, MenuItem } from "./Menu";

interface MenuProps {
  store: PlayerStore;
  onOpen: (open: boolean) => void;
  className?: string;
}

interface TracksMenuProps extends MenuProps {
  /** Told what was chosen by hand: it holds for the next film too. */
  onChoose: (wishes: Partial<Wishes>) => void;
  onLooks: () => void;
}

/** Audio and subtitles; not there when there is nothing to choose. */
export function TracksMenu({ store, onOpen, onChoose, onLooks }: TracksMenuProps) {
  const { t } = useLingui();
  const audio = usePlayerState(store, (state) => state.audioTracks);
  const audioTrack = usePlayerState(store, (state) => state.audioTrack);
  const subtitles = usePlayerState(store, (state) => state.subtitleTracks);
  const subtitleTrack = usePlayerState(store, (state) => state.subtitleTrack);
  if (audio.length < 2 && subtitles.length === 0) return null;
  const choices = (tracks: typeof audio) => tracks.map(({ index, label }) => ({ value: index, label }));
  return (
    <Menu icon="captions" label={t`Audio and subtitles`} onOpen={onOpen}>
      {audio.length > 0 && (
        <Choices
          heading={t`Audio`}
          chosen={audioTrack}
          choices={choices(audio)}
          onChoose={(index) => onChoose(store.chooseAudio(index))}
        />
      )}
      {subtitles.length > 0 && (
        <Choices
          heading={t`Subtitles`}
          chosen={subtitleTrack}
          choices={[{ value: -1, label: t`Off` }, ...choices(subtitles)]}
          onChoose={(index) => onChoose(store.chooseSubtitles(index))}
          more={<MenuItem icon="letters" label={t`Looks of subtitles`} onPress={onLooks} />}
        />
      )}
    </Menu>
  );
}

interface ChaptersMenuProps extends MenuProps {
  chapters: VideoFactsFragment["chapters"];
}

/** The film's parts by name; a press goes there. */
export function ChaptersMenu({ store, onOpen, chapters, className = "" }: ChaptersMenuProps) {
  const { t } = useLingui();
  const here = usePlayerState(
    store,
    ({ time }) => chapters.findLast(({ startSeconds }) => startSeconds <= time)?.startSeconds ?? 0,
  );
  if (chapters.length < 2) return null;
  return (
    <Menu icon="chapters" label={t`Chapters`} onOpen={onOpen} className={className}>
      <Choices
        heading={t`Chapters`}
        chosen={here}
        choices={chapters.map(({ title, startSeconds }) => ({
          value: startSeconds,
          label: title,
          note: clock(startSeconds),
        }))}
        onChoose={(seconds) => store.seek(seconds)}
      />
    </Menu>
  );
}

function SpeedChoices({ store }: { store: PlayerStore }) {
  const { t } = useLingui();
  const rate = usePlayerState(store, (state) => state.rate);
  return (
    <Choices
      heading={t`Speed`}
      chosen={rate}
      choices={rates.map((value) => ({ value, label: value === 1 ? t`Normal` : rateLabel(value) }))}
      onChoose={(value) => store.setRate(value)}
    />
  );
}

function QualityChoices({ store }: { store: PlayerStore }) {
  const { t } = useLingui();
  const levels = usePlayerState(store, (state) => state.levels);
  const chosen = usePlayerState(store, (state) => state.chosenLevel);
  const current = usePlayerState(store, (state) => state.currentLevel);
  const hasOriginal = usePlayerState(store, (state) => state.hasOriginal);
  const playing = levels[current];
  const sorted = [...levels].sort((one, other) => other.height - one.height || other.bitrate - one.bitrate);
  return (
    <Choices
      heading={t`Quality`}
      chosen={chosen}
      choices={[
        {
          value: -1,
          label: t`Automatic`,
          ...(chosen === -1 && playing && { note: levelLabel(playing, levels) }),
        },
        ...(hasOriginal ? [{ value: originalLevel, label: t`Original`, note: t`as it came` }] : []),
        ...sorted.map((level) => ({
          value: level.index,
          label: levelLabel(level, levels),
          note: bitrateLabel(level.bitrate),
        })),
      ]}
      onChoose={(index) => store.chooseLevel(index)}
    />
  );
}

export function SpeedMenu({ store, onOpen, className = "" }: MenuProps) {
  const { t } = useLingui();
  return (
    <Menu icon="speed" label={t`Speed`} onOpen={onOpen} className={className}>
      <SpeedChoices store={store} />
    </Menu>
  );
}

export function QualityMenu({ store, onOpen, className = "" }: MenuProps) {
  const { t } = useLingui();
  const any = usePlayerState(store, (state) => state.levels.length > 0);
  if (!any) return null;
  return (
    <Menu icon="quality" label={t`Quality`} onOpen={onOpen} className={className}>
      <QualityChoices store={store} />
    </Menu>
  );
}

/** Where there is no room for one button each. */
export function SettingsMenu({ store, onOpen, className = "" }: MenuProps) {
  const { t } = useLingui();
  const any = usePlayerState(store, (state) => state.levels.length > 0);
  return (
    <Menu icon="gear" label={t`Settings`} onOpen={onOpen} className={className}>
      {any && <QualityChoices store={store} />}
      <SpeedChoices store={store} />
    </Menu>
  );
}
