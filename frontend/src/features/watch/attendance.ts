/** After so many episodes that nobody asked for, somebody has to say that they are there. */
const mostUnasked = 3;

/** Whether anybody is watching, as far as one can tell: by what they press. It lasts as long as the watch page. */
export class Attendance {
  #unasked = 0;

  /** Somebody pressed something. */
  readonly seen = (): void => {
    this.#unasked = 0;
  };

  /** An episode begins that nobody asked for. */
  wentOn(): void {
    this.#unasked += 1;
  }

  /** Whether the next episode should wait for an answer. */
  get isDoubtful(): boolean {
    return this.#unasked >= mostUnasked;
  }
}
