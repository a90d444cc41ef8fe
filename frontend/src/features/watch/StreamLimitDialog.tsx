import { plural } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Icon } from "@/components/Icon";
import { since } from "@/lib/since";
import type { Conflict } from "./keeper";

interface StreamLimitDialogProps {
  conflicts: readonly Conflict[];
  onTake: (conflict: Conflict) => void;
  onAgain: () => void;
  onClose: () => void;
}

/** Every place of the plan is taken: who holds them, and a way to take one. */
export function StreamLimitDialog({ conflicts, onTake, onAgain, onClose }: StreamLimitDialogProps) {
  const [taking, setTaking] = useState<string | null>(null);
  const count = conflicts.length;
  return (
    <Dialog heading={<Trans>All places are taken</Trans>} onClose={onClose}>
      <p className="mt-2">
        {plural(count, {
          one: "Your plan is for # screen at a time, and somebody is watching on it. Stop that one to watch here.",
          other:
            "Your plan is for # screens at a time, and all of them are in use. Stop one of them to watch here.",
        })}
      </p>
      <ul className="conflicts">
        {conflicts.map((conflict) => (
          <li key={conflict.id}>
            <Icon name="film" className="size-7 text-faint" />
            <div className="min-w-0 grow">
              <p className="conflict-device">{conflict.deviceName}</p>
              <p className="text-fine text-faint">
                {conflict.profileName} · {since(conflict.startedAt)}
              </p>
            </div>
            <Button
              size="small"
              look="primary"
              busy={taking === conflict.id}
              disabled={taking !== null}
              onClick={() => {
                setTaking(conflict.id);
                onTake(conflict);
              }}
            >
              <Trans>Stop it, watch here</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <div className="dialog-foot">
        <Button look="bare" onClick={onClose} data-first>
          <Trans>Not now</Trans>
        </Button>
        <Button icon="replay" onClick={onAgain} disabled={taking !== null}>
          <Trans>Try again</Trans>
        </Button>
      </div>
    </Dialog>
  );
}
