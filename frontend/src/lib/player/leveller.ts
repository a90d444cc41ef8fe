/** A change in loudness is drawn out over this time (seconds), so that none is heard as a click. */
const slowly = 0.05;

/**
 * Raises or lowers the sound of one video element by decibels, apart from the volume that people set.
 *
 * An element that was joined to an audio graph sounds through it alone, for good, and a graph that the browser has not let run is
 * silent: so the element is joined only to one that runs, and plays as it is until then.
 */
export class Leveller {
  #gain = 0;
  #context: AudioContext | null = null;
  #node: GainNode | null = null;
  #joining = false;

  /** Decibels; 0 leaves the sound as it is. */
  set(decibels: number): void {
    this.#gain = decibels;
    if (this.#node && this.#context)
      this.#node.gain.setTargetAtTime(factor(decibels), this.#context.currentTime, slowly);
  }

  /** Takes the element's sound through the graph, if there is anything to change and the browser lets it. */
  async join(video: HTMLVideoElement): Promise<void> {
    if (this.#node || this.#joining || this.#gain === 0 || typeof AudioContext === "undefined") return;
    // Without Media Source Extensions the browser plays the stream by itself, and some then give a graph no sound.
    if (!video.src.startsWith("blob:") && !video.srcObject) return;
    this.#joining = true;
    const context = new AudioContext();
    try {
      if (!(await runs(context))) {
        await context.close();
        return;
      }
      const node = context.createGain();
      node.gain.value = factor(this.#gain);
      context.createMediaElementSource(video).connect(node).connect(context.destination);
      this.#context = context;
      this.#node = node;
    } finally {
      this.#joining = false;
    }
  }

  leave(): void {
    void this.#context?.close();
    this.#context = null;
    this.#node = null;
  }
}

/** What a gain in decibels multiplies a sample with. */
export function factor(decibels: number): number {
  return 10 ** (decibels / 20);
}

/** Whether a context runs; before somebody has touched the page its start may be put off for ever. */
async function runs(context: AudioContext): Promise<boolean> {
  if (context.state !== "running")
    await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 500))]);
  return context.state === "running";
}
