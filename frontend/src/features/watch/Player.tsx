import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useState } from "react";
import type { VideoFactsFragment } from "@/gql/documents";
import type { Command } from "@/lib/player/keys";
import { rateLabel } from "@/lib/player/labels";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import type { Choices } from "@/lib/useWatching";
import type { Attendance } from "./attendance";
import { Controls } from "./Controls";
import { EndScreen } from "./EndScreen";
import { EpisodesPanel } from "./EpisodesPanel";
import { Figures } from "./Figures";
import { KeysDialog } from "./KeysDialog";
import type { Session } from "./keeper";
import { LooksPanel } from "./LooksPanel";
import { NextCard } from "./NextCard";
import {
  Elsewhere,
  type Flash,
  FlashMark,
  MiddleControls,
  Notice,
  PressToPlay,
  Skip,
  TroubleNotice,
  Waiting,
} from "./Overlays";
import { StillWatching } from "./StillWatching";
import { TopBar } from "./TopBar";
import { useAwake } from "./useAwake";
import { useKeys } from "./useKeys";
import { useMediaSession } from "./useMediaSession";
import { usePassing } from "./usePassing";
import { choicesOf, type Preferences } from "./usePreferences";
import { useScrub } from "./useScrub";
import { useStoryboard } from "./useStoryboard";
import { useTouch } from "./useTouch";
import { useUpNext } from "./useUpNext";
import { useWhose, type Whose } from "./useWhose";

interface PlayerProps {
  store: PlayerStore;
  session: Session | null;
  starting: boolean;
  renewing: boolean;
  whose: Whose | null;
  onNext: (() => void) | null;
  onWatch: (videoId: string) => void;
  onBack: () => void;
  attendance: Attendance;
  preferences: Preferences;
  onPrefer: (change: Partial<Choices>) => void;
}

/** What lies over the film and takes the keyboard: one at a time. */
type Panel = "keys" | "episodes" | "looks";

const noFacts: Pick<VideoFactsFragment, "chapters" | "markers"> = { chapters: [], markers: [] };

/** Everything that lies over the film. It knows the store, never the video element. */
export function Player(props: PlayerProps) {
  const { store, session, starting, whose, onNext, onWatch, onBack, attendance } = props;
  const { preferences, onPrefer: prefer } = props;
  const { t } = useLingui();
  const facts = session?.video ?? noFacts;
  const thumbnails = useStoryboard(store, session?.storyboardUrl ?? null);
  const [figures, setFigures] = useState(false);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [menus, setMenus] = useState(0);
  const [flash, setFlash] = useState<Flash | null>(null);
  const [peek, show] = usePassing<number>(900);
  const [notice, say] = usePassing<string>(1800);
  const { awake, wake, sleep } = useAwake(store, menus > 0 || panel !== null);
  const next = useWhose(session?.nextVideo?.id ?? null);
  const { upNext, decline, stay } = useUpNext({
    store,
    markers: facts.markers,
    onNext,
    autoplay: preferences.autoplayNext,
    attendance,
  });
  const ended = usePlayerState(store, (state) => state.status === "ended");
  const clamped = usePlayerState(store, (state) => state.clamped);
  useMediaSession(store, whose, onNext);

  const onMenu = useCallback(
    (open: boolean) => setMenus((count) => Math.max(0, count + (open ? 1 : -1))),
    [],
  );
  const mark = (kind: Flash["kind"]) => setFlash((last) => ({ id: (last?.id ?? 0) + 1, kind }));

  useEffect(() => {
    if (ended) setMenus(0);
  }, [ended]);

  useEffect(() => {
    if (clamped > 0) say(t`The rest is still being made. This is as far as it goes for now.`);
  }, [clamped, say, t]);

  const toggle = () => {
    mark(store.state().playing ? "pause" : "play");
    store.toggle();
  };
  const seek = (seconds: number) => {
    store.seek(seconds);
    show(store.state().time);
    wake();
  };
  const jump = (seconds: number) => {
    seek(store.state().time + seconds);
    mark(seconds < 0 ? "back" : "on");
  };

  const carryOut = (command: Command) => {
    const { duration, volume } = store.state();
    switch (command.do) {
      case "toggle":
        return toggle();
      case "jump":
        return seek(store.state().time + command.seconds);
      case "part":
        return seek((duration * command.tenths) / 10);
      case "volume": {
        store.setVolume(volume + command.change);
        const percent = Math.round(Math.min(1, Math.max(0, volume + command.change)) * 100);
        return say(t`Volume ${percent} %`);
      }
      case "mute":
        say(store.state().muted ? t`Sound on` : t`Sound off`);
        return store.toggleMuted();
      case "fullscreen":
        return store.toggleFullscreen();
      case "captions":
        prefer(choicesOf(store.toggleSubtitles()));
        if (store.state().subtitleTracks.length === 0) return say(t`This film has no subtitles.`);
        return say(store.state().subtitleTrack >= 0 ? t`Subtitles on` : t`Subtitles off`);
      case "figures":
        return setFigures((shown) => !shown);
      case "rate": {
        store.stepRate(command.step);
        const speed = rateLabel(store.state().rate);
        return say(t`Speed ${speed}`);
      }
      case "keys":
        return setPanel("keys");
      case "close":
        if (figures) return setFigures(false);
        if (upNext.stage === "counting") return decline();
        // Full screen is the browser's to close; it does so before this is heard.
        if (!store.state().fullscreen) onBack();
    }
  };
  useKeys(carryOut);
  const scrub = useScrub(store, show, seek);
  const surface = useTouch({
    onTap: () => (awake ? sleep() : wake()),
    onJump: jump,
    onPress: toggle,
    onDoublePress: () => store.toggleFullscreen(),
    ...scrub,
  });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it watches for movement; every control in it is a button.
    <div
      className="stage"
      data-awake={awake || undefined}
      onPointerMove={(event) => event.pointerType === "mouse" && wake()}
      onFocus={wake}
      onKeyDown={wake}
    >
      <div className="surface" data-testid="surface" {...surface} />
      {menus > 0 && <div className="menu-shade" />}
      <Waiting store={store} starting={starting} renewing={props.renewing} />
      <FlashMark flash={flash} />
      <PressToPlay store={store} />
      <Elsewhere store={store} />
      <Skip store={store} facts={facts} />
      {onNext && <NextCard upNext={upNext} next={next} onNext={onNext} onDecline={decline} />}
      <MiddleControls store={store} />
      <TopBar whose={whose} />
      {/* At the end the way on has the room to itself, and no menu stays open behind it. */}
      {!ended && (
        <Controls
          store={store}
          facts={facts}
          thumbnails={thumbnails}
          peek={peek}
          onEpisodes={whose?.episode ? () => setPanel("episodes") : null}
          onNext={onNext}
          onWishes={(wishes) => prefer(choicesOf(wishes))}
          onLooks={() => setPanel("looks")}
          onMenu={onMenu}
        />
      )}
      <Notice text={notice ?? ""} />
      <TroubleNotice store={store} />
      {figures && <Figures store={store} />}
      <EndScreen
        store={store}
        whose={whose}
        upNext={upNext}
        next={next}
        onNext={onNext}
        onDecline={decline}
      />
      {panel === "keys" && <KeysDialog onClose={() => setPanel(null)} />}
      {panel === "looks" && (
        <LooksPanel
          looks={preferences.looks}
          onChange={(captionStyle) => prefer({ captionStyle })}
          onClose={() => setPanel(null)}
        />
      )}
      {panel === "episodes" && whose && (
        <EpisodesPanel
          slug={whose.title.slug}
          videoId={whose.id}
          onChoose={(id) => (id === whose.id ? setPanel(null) : onWatch(id))}
          onClose={() => setPanel(null)}
        />
      )}
      {upNext.stage === "asking" && onNext && (
        <StillWatching next={next} onNext={onNext} onStay={stay} onBack={onBack} />
      )}
    </div>
  );
}
