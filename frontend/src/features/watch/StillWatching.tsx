import { Trans } from "@lingui/react/macro";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import type { Whose } from "./useWhose";

interface StillWatchingProps {
  next: Whose | null;
  onNext: () => void;
  onStay: () => void;
  onBack: () => void;
}

/** After some episodes that nobody asked for: nothing goes on until somebody says so. */
export function StillWatching({ next, onNext, onStay, onBack }: StillWatchingProps) {
  const name = next?.episode?.name;
  return (
    <Dialog heading={<Trans>Are you still watching?</Trans>} onClose={onStay}>
      <p className="mt-2">
        {name ? <Trans>“{name}” comes next.</Trans> : <Trans>The next episode is ready.</Trans>}
      </p>
      <div className="dialog-foot mt-5">
        <Button look="bare" onClick={onBack}>
          <Trans>Back to the title</Trans>
        </Button>
        <Button look="primary" icon="play" onClick={onNext} data-first>
          <Trans>Go on watching</Trans>
        </Button>
      </div>
    </Dialog>
  );
}
