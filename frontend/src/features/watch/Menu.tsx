import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { Icon, type IconName } from "@/components/Icon";

interface MenuProps {
  icon: IconName;
  label: string;
  className?: string;
  /** Told when it opens and closes: what floats above the film keeps the controls there. */
  onOpen: (open: boolean) => void;
  children: ReactNode;
}

const walk: Readonly<Record<string, (place: number, count: number) => number>> = {
  ArrowDown: (place, count) => (place + 1) % count,
  ArrowUp: (place, count) => (place - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Closes the menu that one is in, and gives the keyboard back to its button. */
const ShutContext = createContext<() => void>(() => undefined);

/** A button that opens choices above it. It stays within the player, so that it is seen in full screen too. */
export function Menu({ icon, label, className = "", onOpen, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  const change = (next: boolean) => {
    setOpen(next);
    onOpen(next);
  };
  const shut = () => {
    change(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!open) return;
    const first = root.current?.querySelector<HTMLElement>("[aria-checked=true]");
    (first ?? root.current?.querySelector<HTMLElement>("[role^=menuitem]"))?.focus();
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target)) return;
      setOpen(false);
      onOpen(false);
    };
    // Wherever the focus is: what is open closes first, and the film goes on.
    const onEscape = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      setOpen(false);
      onOpen(false);
      button.current?.focus();
    };
    document.addEventListener("pointerdown", onPress, true);
    document.addEventListener("keydown", onEscape, true);
    return () => {
      document.removeEventListener("pointerdown", onPress, true);
      document.removeEventListener("keydown", onEscape, true);
    };
  }, [open, onOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === "Tab") return change(false);
    const step = walk[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const items = [...(root.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
    const place = items.indexOf(document.activeElement as HTMLElement);
    items[step(place, items.length)]?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of what is within it.
    <div ref={root} className={`menu ${className}`} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className="control"
        aria-label={label}
        title={open ? undefined : label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => change(!open)}
      >
        <Icon name={icon} />
      </button>
      {open && (
        <div id={id} role="menu" aria-label={label} className="menu-panel">
          <ShutContext value={shut}>{children}</ShutContext>
        </div>
      )}
    </div>
  );
}

interface ChoicesProps<Value> {
  heading: string;
  chosen: Value;
  choices: readonly { value: Value; label: string; note?: string }[];
  onChoose: (value: Value) => void;
  /** What belongs to this question and is no answer to it. */
  more?: ReactNode;
}

/** One question within a menu. */
export function Choices<Value extends string | number>(props: ChoicesProps<Value>) {
  const { heading, chosen, choices, onChoose, more } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of menu items.
    <div role="group" aria-label={heading} className="menu-group">
      <p aria-hidden="true" className="menu-heading">
        {heading}
      </p>
      {choices.map(({ value, label, note }) => (
        <button
          key={value}
          type="button"
          role="menuitemradio"
          // One of them, so that a menu that scrolls can be reached by the keyboard (axe: scrollable-region-focusable).
          tabIndex={value === chosen ? 0 : -1}
          aria-checked={value === chosen}
          className="menu-item"
          onClick={() => onChoose(value)}
        >
          <Icon name="check" className="size-4" />
          <span className="grow">{label}</span>
          {note && <span className="menu-note tabular">{note}</span>}
        </button>
      ))}
      {more}
    </div>
  );
}

interface MenuItemProps {
  icon: IconName;
  label: string;
  onPress: () => void;
}

/** A way on from a menu. What it opens takes the menu's place. */
export function MenuItem({ icon, label, onPress }: MenuItemProps) {
  const shut = useContext(ShutContext);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="menu-item menu-more"
      onClick={() => {
        shut();
        onPress();
      }}
    >
      <Icon name={icon} className="size-4" />
      <span className="grow">{label}</span>
    </button>
  );
}
