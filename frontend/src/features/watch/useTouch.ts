import { type PointerEvent, useRef } from "react";

const doubleTap = 300;

interface Touch {
  onTap: () => void;
  onJump: (seconds: 10 | -10) => void;
  onPress: () => void;
  onDoublePress: () => void;
}

/**
 * The film itself as a surface. By finger: a tap shows or hides the controls, two taps on one side jump ten seconds,
 * and each further tap ten more. By mouse: a press plays or pauses, two fill the screen.
 */
export function useTouch({ onTap, onJump, onPress, onDoublePress }: Touch) {
  const last = useRef({ at: Number.NEGATIVE_INFINITY, side: 0, armed: false, mouse: true });

  const onPointerDown = (event: PointerEvent) => {
    last.current.armed = event.button === 0;
    last.current.mouse = event.pointerType === "mouse";
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    // A press that began on an open menu's shade closed the menu, and is no word to the film.
    if (!last.current.armed) return;
    last.current.armed = false;
    if (last.current.mouse) return onPress();
    const box = event.currentTarget.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    const side = part < 0.38 ? -1 : part > 0.62 ? 1 : 0;
    const again = event.timeStamp - last.current.at < doubleTap && side === last.current.side;
    last.current.at = event.timeStamp;
    last.current.side = side;
    if (again && side !== 0) onJump(side === 1 ? 10 : -10);
    else onTap();
  };
  const onDoubleClick = () => {
    if (last.current.mouse) onDoublePress();
  };
  return { onPointerDown, onPointerUp, onDoubleClick };
}
