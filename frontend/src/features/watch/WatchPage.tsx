import "./watch.css";
import "./bar.css";
import "./overlays.css";
import "./panels.css";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { cueStyle } from "@/lib/captions";
import { prepareEngine } from "@/lib/player/engine/make";
import { PlayerStore } from "@/lib/player/store";
import { usePageTitle } from "@/lib/title";
import { Attendance } from "./attendance";
import { FaultScreen } from "./FaultScreen";
import { Keeper } from "./keeper";
import { Player } from "./Player";
import { StreamLimitDialog } from "./StreamLimitDialog";
import { useBeginning } from "./useBeginning";
import { usePreferences } from "./usePreferences";
import { useWhose } from "./useWhose";

/** The film and nothing else. Room and video stay from one episode to the next, and full screen with them. */
export function WatchPage() {
  const { videoId } = useParams({ from: "/watch/$videoId" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const room = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [store] = useState(() => new PlayerStore());
  const [attendance] = useState(() => new Attendance());
  const [preferences, prefer] = usePreferences();
  const keeper = useMemo(() => new Keeper(videoId, store), [videoId, store]);
  const watching = useSyncExternalStore(keeper.subscribe, keeper.watching);
  const whose = useWhose(videoId);
  usePageTitle(whose ? whose.title.name : null);

  useEffect(() => {
    if (!video.current || !room.current) return;
    room.current.focus({ preventScroll: true });
    return store.attach(video.current, room.current);
  }, [store]);

  const { wishes } = preferences;
  useEffect(() => store.wish(wishes), [store, wishes]);

  useEffect(() => {
    const leave = keeper.begin();
    prepareEngine();
    return () => {
      leave();
      // What other pages show of this film's progress is not true any more.
      void keeper.left.then(() =>
        client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "viewer" }),
      );
    };
  }, [keeper, client]);

  useBeginning(store);

  const missing = watching.stage === "refused" ? watching.code : null;
  useEffect(() => {
    const next = `/watch/${videoId}`;
    if (missing === "PROFILE_REQUIRED") void navigate({ to: "/profiles", search: { next }, replace: true });
    if (missing === "UNAUTHENTICATED") void navigate({ to: "/login", search: { next }, replace: true });
  }, [missing, navigate, videoId]);

  const session = watching.stage === "watching" ? watching.session : null;
  const nextId = session?.nextVideo?.id ?? null;
  const goTo = useCallback(
    (id: string) => void navigate({ to: "/watch/$videoId", params: { videoId: id }, replace: true }),
    [navigate],
  );
  const goNext = useCallback(() => {
    if (nextId) goTo(nextId);
  }, [goTo, nextId]);
  const slug = whose?.title.slug;
  const goBack = useCallback(() => {
    if (slug) void navigate({ to: "/title/$slug", params: { slug } });
    else void navigate({ to: "/" });
  }, [navigate, slug]);

  return (
    <main
      id="main"
      ref={room}
      tabIndex={-1}
      data-theme="dark"
      className="room"
      style={cueStyle(preferences.looks) as React.CSSProperties}
      onPointerDownCapture={attendance.seen}
      onKeyDownCapture={attendance.seen}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: the stream brings its own subtitles, where there are any. */}
      <video ref={video} playsInline className="film" data-testid="video" />
      <Player
        key={videoId}
        store={store}
        session={session}
        starting={watching.stage === "starting"}
        renewing={watching.stage === "watching" && watching.renewing === true}
        whose={whose}
        onNext={nextId ? goNext : null}
        onWatch={goTo}
        onBack={goBack}
        attendance={attendance}
        preferences={preferences}
        onPrefer={prefer}
      />
      <FaultScreen store={store} watching={watching} whose={whose} onAgain={() => keeper.again()} />
      {watching.stage === "limited" && (
        <StreamLimitDialog
          conflicts={watching.conflicts}
          onTake={(conflict) => void keeper.takeFrom(conflict)}
          onAgain={() => keeper.again()}
          onClose={goBack}
        />
      )}
    </main>
  );
}
