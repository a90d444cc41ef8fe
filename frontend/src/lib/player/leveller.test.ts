import { afterEach, expect, test, vi } from "vitest";
import { factor, Leveller } from "./leveller";

const video = () => ({ src: "blob:film", srcObject: null }) as HTMLVideoElement;

function stand(lets: boolean) {
  const node = { gain: { value: 1, setTargetAtTime: vi.fn() }, connect: vi.fn() };
  node.connect.mockReturnValue(node);
  const context = {
    state: "suspended",
    currentTime: 7,
    destination: {},
    resume: vi.fn(async () => {
      if (lets) context.state = "running";
    }),
    close: vi.fn(async () => {}),
    createGain: () => node,
    createMediaElementSource: vi.fn(() => node),
  };
  vi.stubGlobal(
    "AudioContext",
    vi.fn(function make() {
      return context;
    }),
  );
  return { context, node };
}

afterEach(() => vi.unstubAllGlobals());

test("decibels become factors", () => {
  expect(factor(0)).toBe(1);
  expect(factor(-6)).toBeCloseTo(0.501, 3);
});

test("a loud film is lowered, and another track's gain is taken over gently", async () => {
  const { context, node } = stand(true);
  const leveller = new Leveller();

  leveller.set(-6);
  await leveller.join(video());
  leveller.set(-2);

  expect(context.createMediaElementSource).toHaveBeenCalledTimes(1);
  expect(node.gain.value).toBeCloseTo(0.501, 3);
  expect(node.gain.setTargetAtTime).toHaveBeenCalledWith(factor(-2), 7, expect.any(Number));
});

test("a browser that does not let the graph run keeps its sound as it is", async () => {
  const { context } = stand(false);
  const leveller = new Leveller();

  leveller.set(-6);
  await leveller.join(video());

  expect(context.createMediaElementSource).not.toHaveBeenCalled();
  expect(context.close).toHaveBeenCalled();
});

test("a film that needs no levelling, or that the browser plays by itself, is left alone", async () => {
  const { context } = stand(true);
  const leveller = new Leveller();

  await leveller.join(video());
  leveller.set(-3);
  await leveller.join({ src: "/stream/x/master.m3u8", srcObject: null } as HTMLVideoElement);

  expect(context.createMediaElementSource).not.toHaveBeenCalled();
});
