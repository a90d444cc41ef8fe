import type { Engine, PlayerState, Track } from "./types";
import { noWishes, refined, type Wishes, wishedAudio, wishedSubtitles, wishFor } from "./wishes";

interface Within {
  state(): PlayerState;
  engine(): Engine | null;
  /** Which subtitles are on, before the engine has said so. */
  reading(track: number): void;
}

/** Chooses sound and subtitles: each film follows what somebody wants once, and then what is chosen by hand. */
export class Chooser {
  #wishes = noWishes;
  #heard = false;
  #read = false;
  #byHand = false;
  /** The subtitles that were on when they were turned off: the same come back. */
  #lastRead = 0;
  readonly #player: Within;

  constructor(player: Within) {
    this.#player = player;
  }

  /** Another film, or the same one loaded again. */
  startAfresh(): void {
    this.#heard = false;
    this.#read = false;
    this.#byHand = false;
  }

  /** What is wanted of this film, as long as nobody chose by hand, and of those after it. */
  wish({ audio, subtitles }: Wishes): void {
    this.#wishes = {
      audio: refined(audio, this.#wishes.audio) as Wishes["audio"],
      subtitles: refined(subtitles, this.#wishes.subtitles),
    };
    if (this.#byHand) return;
    const { audioTracks, audioTrack, subtitleTracks, subtitleTrack } = this.#player.state();
    if (this.#heard) this.#followAudio(audioTracks, audioTrack);
    if (this.#read) this.#followSubtitles(subtitleTracks, subtitleTrack);
  }

  /** The film's sound is known. */
  hear(tracks: readonly Track[], current: number): void {
    if (this.#heard || tracks.length === 0) return;
    this.#heard = true;
    this.#followAudio(tracks, current);
  }

  /** The film's subtitles are known. */
  read(tracks: readonly Track[], current: number): void {
    if (this.#read || tracks.length === 0) return;
    this.#read = true;
    this.#followSubtitles(tracks, current);
  }

  #followAudio(tracks: readonly Track[], current: number): void {
    const wished = wishedAudio(tracks, this.#wishes);
    if (wished >= 0 && wished !== current) this.#player.engine()?.chooseAudio(wished);
  }

  #followSubtitles(tracks: readonly Track[], current: number): void {
    const wished = wishedSubtitles(tracks, this.#wishes);
    if (wished === null || wished === current) return;
    this.#player.engine()?.chooseSubtitles(wished);
    this.#player.reading(wished);
  }

  chooseAudio(index: number): Partial<Wishes> {
    this.#player.engine()?.chooseAudio(index);
    this.#byHand = true;
    const audio = wishFor(this.#player.state().audioTracks[index]);
    if (!audio) return {};
    this.#wishes = { ...this.#wishes, audio };
    return { audio };
  }

  chooseSubtitles(index: number): Partial<Wishes> {
    this.#byHand = true;
    this.#player.engine()?.chooseSubtitles(index);
    this.#player.reading(index);
    const subtitles = index === -1 ? "off" : wishFor(this.#player.state().subtitleTracks[index]);
    if (!subtitles) return {};
    this.#wishes = { ...this.#wishes, subtitles };
    return { subtitles };
  }

  /** On is what was on before, else the first. */
  toggleSubtitles(): Partial<Wishes> {
    const { subtitleTracks, subtitleTrack } = this.#player.state();
    if (subtitleTrack >= 0) {
      this.#lastRead = subtitleTrack;
      return this.chooseSubtitles(-1);
    }
    if (subtitleTracks.length === 0) return {};
    return this.chooseSubtitles(this.#lastRead < subtitleTracks.length ? this.#lastRead : 0);
  }
}
