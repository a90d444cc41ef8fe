import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { TextField } from "@/components/TextField";
import { pinLength } from "./pin";

interface PinChoiceProps {
  /** Whether the profile has one now. What it is nobody is told. */
  hasPin: boolean;
  /** A new one, null to take it away, undefined to leave things as they are. */
  pin: string | null | undefined;
  onChange: (pin: string | null | undefined) => void;
  fault: string | null;
  title: string;
}

export function PinChoice({ hasPin, pin, onChange, fault, title }: PinChoiceProps) {
  const [typing, setTyping] = useState(!hasPin);
  if (!typing)
    return (
      <div className="grid gap-2">
        <p className="flex items-center gap-2 font-[620] text-paper">
          <Icon name="lock" className="size-5" />
          {pin === null ? <Trans>The PIN goes when you save.</Trans> : <Trans>A PIN keeps others out.</Trans>}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => setTyping(true)}>
            <Trans>Another PIN</Trans>
          </Button>
          <Button size="small" onClick={() => onChange(pin === null ? undefined : null)}>
            {pin === null ? <Trans>Keep the PIN</Trans> : <Trans>Take the PIN away</Trans>}
          </Button>
        </div>
      </div>
    );
  return (
    <TextField
      name="pin"
      type="password"
      inputMode="numeric"
      pattern={`[0-9]{${pinLength}}`}
      maxLength={pinLength}
      autoComplete="off"
      title={title}
      label={hasPin ? <Trans>Another PIN</Trans> : <Trans>PIN, if others should not get in</Trans>}
      hint={hasPin ? <Trans>Four figures.</Trans> : <Trans>Four figures, or nothing.</Trans>}
      onChange={(event) => onChange(event.target.value || undefined)}
      fault={fault}
    />
  );
}
