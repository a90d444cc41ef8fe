import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { IconButton } from "./Button";

interface DialogProps {
  heading: ReactNode;
  /** Another shape than a window in the middle. */
  className?: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A window over the page. The browser's own modal dialog keeps the keyboard in it, makes the rest inert, closes on
 * Esc and gives the focus back. It is there as long as it is rendered. What carries
 * `data-first` has the keyboard when it opens.
 */
export function Dialog({ heading, className = "", onClose, children }: DialogProps) {
  const { t } = useLingui();
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);

  // Before it is taken out of the page: a dialog that is not there any more gives no focus back.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => dialog?.close();
  }, []);

  return (
    <dialog
      ref={element}
      aria-labelledby={id}
      className={`dialog ${className}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="flex items-start justify-between gap-4">
        <h2 id={id} className="text-heading">
          {heading}
        </h2>
        <IconButton icon="close" label={t`Close`} onClick={onClose} className="-me-2 -mt-2" />
      </div>
      {children}
    </dialog>
  );
}
