import { Trans, useLingui } from "@lingui/react/macro";
import { Dialog } from "@/components/Dialog";

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const keys: [string[], string][] = [
    [[t`Space`, "k"], t`Play or pause`],
    [["j", "l"], t`Ten seconds back or on`],
    [["←", "→"], t`Five seconds back or on`],
    [["↑", "↓"], t`Louder or quieter`],
    [["m"], t`Sound off or on`],
    [["c"], t`Subtitles on or off`],
    [["f"], t`Full screen`],
    [["<", ">"], t`Slower or faster`],
    [["0", "9"], t`Start of the film to nine tenths of it`],
    [["i"], t`Figures for the curious`],
    [["Esc"], t`Close what is open, or go back`],
    [["?"], t`This list`],
  ];
  return (
    <Dialog heading={<Trans>Keys</Trans>} onClose={onClose}>
      <dl className="keys">
        {keys.map(([names, words]) => (
          <div key={words}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
