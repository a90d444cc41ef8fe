import { type PointerEvent, useRef } from "react";

const doubleTap = 300;
/** A finger that has gone so far sideways (px), and further than up or down, drags. */
const dragFrom = 14;

interface Touch {
  onTap: () => void;
  onJump: (seconds: 10 | -10) => void;
  onPress: () => void;
  onDoublePress: () => void;
  /** How far a finger is from where it began to drag, in widths of the film: 1 is from edge to edge. */
  onDrag: (part: number) => void;
  /** The finger is up and the film goes there; with false it was called off. */
  onDrop: (go: boolean) => void;
}

/**
 * The film itself as a surface. By finger: a tap shows or hides the controls, two taps on one side jump ten seconds,
 * and each further tap ten more; a drag sideways looks for a place. By mouse: a press plays or pauses, two fill the screen.
 */
export function useTouch({ onTap, onJump, onPress, onDoublePress, onDrag, onDrop }: Touch) {
  const last = useRef({ at: Number.NEGATIVE_INFINITY, side: 0, armed: false, mouse: true });
  const drag = useRef({ x: 0, y: 0, going: false });

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    last.current.armed = event.button === 0 && event.isPrimary;
    last.current.mouse = event.pointerType === "mouse";
    drag.current = { x: event.clientX, y: event.clientY, going: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!last.current.armed || last.current.mouse || !event.isPrimary) return;
    const x = event.clientX - drag.current.x;
    const y = event.clientY - drag.current.y;
    if (!drag.current.going) {
      if (Math.abs(x) < dragFrom || Math.abs(x) < Math.abs(y) * 1.5) return;
      drag.current.going = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    onDrag(x / event.currentTarget.getBoundingClientRect().width);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    // A press that began on an open menu's shade closed the menu, and is no word to the film.
    if (!last.current.armed) return;
    last.current.armed = false;
    if (last.current.mouse) return onPress();
    if (drag.current.going) {
      drag.current.going = false;
      return onDrop(true);
    }
    const box = event.currentTarget.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    const side = part < 0.38 ? -1 : part > 0.62 ? 1 : 0;
    const again = event.timeStamp - last.current.at < doubleTap && side === last.current.side;
    last.current.at = event.timeStamp;
    last.current.side = side;
    if (again && side !== 0) onJump(side === 1 ? 10 : -10);
    else onTap();
  };
  const onPointerCancel = () => {
    last.current.armed = false;
    if (drag.current.going) onDrop(false);
    drag.current.going = false;
  };
  const onDoubleClick = () => {
    if (last.current.mouse) onDoublePress();
  };
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onDoubleClick };
}
