/** The end of the buffered stretch around a place, the place itself where nothing is buffered there. */
export function bufferedEndAt(video: Pick<HTMLMediaElement, "buffered">, seconds: number): number {
  const { buffered } = video;
  for (let index = 0; index < buffered.length; index += 1)
    if (buffered.start(index) <= seconds + 0.1 && seconds <= buffered.end(index)) return buffered.end(index);
  return seconds;
}

/** A browser may refuse full screen, picture-in-picture or an interrupted play; nothing is lost by it. */
export function ignoreRefusal(refusal: unknown): void {
  if (!(refusal instanceof DOMException)) throw refusal;
}
