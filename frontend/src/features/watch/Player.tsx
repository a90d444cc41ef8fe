import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useRef, useState } from "react";
import type { VideoFactsFragment } from "@/gql/documents";
import type { Command } from "@/lib/player/keys";
import { rateLabel } from "@/lib/player/labels";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import { Controls } from "./Controls";
import { EndScreen } from "./EndScreen";
import { Figures } from "./Figures";
import { KeysDialog } from "./KeysDialog";
import type { Session } from "./keeper";
import { type Flash, FlashMark, MiddleControls, Notice, PressToPlay, Skip, Waiting } from "./Overlays";
import { TopBar } from "./TopBar";
import { useAwake } from "./useAwake";
import { useKeys } from "./useKeys";
import { useMediaSession } from "./useMediaSession";
import { useStoryboard } from "./useStoryboard";
import { useTouch } from "./useTouch";
import type { Whose } from "./useWhose";

interface PlayerProps {
  store: PlayerStore;
  session: Session | null;
  starting: boolean;
  whose: Whose | null;
  onNext: (() => void) | null;
  onBack: () => void;
}

const noFacts: Pick<VideoFactsFragment, "chapters" | "markers"> = { chapters: [], markers: [] };

/** Everything that lies over the film. It knows the store, never the video element. */
export function Player({ store, session, starting, whose, onNext, onBack }: PlayerProps) {
  const { t } = useLingui();
  const facts = session?.video ?? noFacts;
  const thumbnails = useStoryboard(session?.storyboardUrl ?? null);
  const [figures, setFigures] = useState(false);
  const [keysOpen, setKeysOpen] = useState(false);
  const [menus, setMenus] = useState(0);
  const [flash, setFlash] = useState<Flash | null>(null);
  const [peek, show] = usePassing<number>(900);
  const [notice, say] = usePassing<string>(1800);
  const { awake, wake, sleep } = useAwake(store, menus > 0 || keysOpen);
  const clamped = usePlayerState(store, (state) => state.clamped);
  useMediaSession(store, whose, onNext);

  const onMenu = useCallback(
    (open: boolean) => setMenus((count) => Math.max(0, count + (open ? 1 : -1))),
    [],
  );
  const mark = (kind: Flash["kind"]) => setFlash((last) => ({ id: (last?.id ?? 0) + 1, kind }));

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
        store.toggleSubtitles();
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
        return setKeysOpen(true);
      case "close":
        if (figures) return setFigures(false);
        // Full screen is the browser's to close; it does so before this is heard.
        if (!store.state().fullscreen) onBack();
    }
  };
  useKeys(carryOut);
  const surface = useTouch({
    onTap: () => (awake ? sleep() : wake()),
    onJump: jump,
    onPress: toggle,
    onDoublePress: () => store.toggleFullscreen(),
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
      <Waiting store={store} starting={starting} />
      <FlashMark flash={flash} />
      <PressToPlay store={store} />
      <Skip store={store} facts={facts} onNext={onNext} />
      <MiddleControls store={store} />
      <TopBar whose={whose} />
      <Controls
        store={store}
        facts={facts}
        thumbnails={thumbnails}
        peek={peek}
        episodesOf={whose?.episode ? whose.title.slug : null}
        onNext={onNext}
        onMenu={onMenu}
      />
      <Notice text={notice ?? ""} />
      {figures && <Figures store={store} />}
      <EndScreen store={store} whose={whose} onNext={onNext} />
      {keysOpen && <KeysDialog onClose={() => setKeysOpen(false)} />}
    </div>
  );
}

/** A value that is there for a moment (ms) after it was set. */
function usePassing<Value>(moment: number): [Value | null, (value: Value) => void] {
  const [value, setValue] = useState<Value | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = useCallback(
    (next: Value) => {
      clearTimeout(timer.current);
      setValue(next);
      timer.current = setTimeout(() => setValue(null), moment);
    },
    [moment],
  );
  return [value, show];
}
