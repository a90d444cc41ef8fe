import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { FormFault } from "@/components/FormFault";
import { Icon } from "@/components/Icon";
import { Spinner } from "@/components/Spinner";
import type { Profile } from "@/lib/graphql/queries";
import { pinLength } from "./pin";

interface PinPadProps {
  profile: Profile;
  fault: string | null;
  busy: boolean;
  onPin: (pin: string) => void;
  onClose: () => void;
}

const key =
  "grid size-16 place-items-center rounded-full bg-float text-heading font-[620] text-paper transition-[background-color,scale] duration-(--press) hover:bg-line active:scale-95 focus-visible:rounded-full";

/** Four figures, by the pad, by keys or pasted; the last one sends them. */
export function PinPad({ profile, fault, busy, onPin, onClose }: PinPadProps) {
  const { t } = useLingui();
  const [pin, setPin] = useState("");
  const input = useRef<HTMLInputElement>(null);

  // A wrong one is taken away, so that one can begin again at once.
  useEffect(() => {
    if (!fault) return;
    setPin("");
    input.current?.focus();
  }, [fault]);

  const enter = (typed: string) => {
    if (busy) return;
    const figures = typed.replace(/\D/g, "").slice(0, pinLength);
    setPin(figures);
    if (figures.length === pinLength && figures !== pin) onPin(figures);
  };

  return (
    <Dialog heading={<Trans>PIN of {profile.name}</Trans>} onClose={onClose}>
      <div className="grid justify-items-center gap-6">
        <div className="relative mt-2">
          <input
            ref={input}
            aria-label={t`PIN`}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            data-first
            value={pin}
            onChange={(event) => enter(event.target.value)}
            className="peer absolute inset-0 size-full opacity-0"
          />
          <div
            aria-hidden="true"
            className="flex gap-4 rounded-full px-5 py-3 peer-focus-visible:outline-3 peer-focus-visible:outline-amber"
          >
            {Array.from({ length: pinLength }, (_, place) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: a place is its index
                key={place}
                className={`size-4 rounded-full border-2 transition-colors duration-(--press) ${
                  place < pin.length ? "border-amber-fill bg-amber-fill" : "border-control"
                }`}
              />
            ))}
          </div>
        </div>
        <FormFault>{busy ? null : fault}</FormFault>
        <div className="tabular grid grid-cols-3 gap-3">
          {["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((figure) => (
            <button key={figure} type="button" className={key} onClick={() => enter(pin + figure)}>
              {figure}
            </button>
          ))}
          <span className="grid place-items-center text-amber">{busy && <Spinner />}</span>
          <button type="button" className={key} onClick={() => enter(`${pin}0`)}>
            0
          </button>
          <button
            type="button"
            className={key}
            aria-label={t`Take back`}
            onClick={() => setPin(pin.slice(0, -1))}
          >
            <Icon name="backspace" />
          </button>
        </div>
      </div>
    </Dialog>
  );
}
