/** A video element that plays nothing and does what it is told, for tests of what speaks to one. */
export function fakeVideo(): HTMLVideoElement & {
  tell: (event: string) => void;
  bufferTo: (end: number) => void;
} {
  const video = document.createElement("video");
  let paused = true;
  let ends: [number, number][] = [];
  let time = 0;
  const tell = (event: string) => video.dispatchEvent(new Event(event));
  const given = (name: string, descriptor: PropertyDescriptor) =>
    Object.defineProperty(video, name, { configurable: true, ...descriptor });
  given("paused", { get: () => paused });
  given("readyState", { value: 4, writable: true });
  given("duration", { value: Number.NaN, writable: true });
  given("currentTime", {
    get: () => time,
    set: (value: number) => {
      time = value;
      tell("seeking");
    },
  });
  given("buffered", {
    get: () => ({
      length: ends.length,
      start: (index: number) => ends[index]?.[0],
      end: (index: number) => ends[index]?.[1],
    }),
  });
  given("play", {
    writable: true,
    value: async () => {
      paused = false;
      tell("play");
    },
  });
  given("pause", {
    value: () => {
      paused = true;
      tell("pause");
    },
  });
  return Object.assign(video, {
    tell,
    bufferTo: (end: number) => {
      ends = [[0, end]];
    },
  });
}
