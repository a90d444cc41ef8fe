import { Trans, useLingui } from "@lingui/react/macro";
import type { CSSProperties } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { CaptionSample } from "@/components/CaptionSample";
import { Dialog } from "@/components/Dialog";
import { Pills } from "@/components/Pills";
import { Swatches } from "@/components/Swatches";
import { type CaptionEdge, type CaptionStyle, cueStyle, usualCaptions } from "@/lib/captions";

interface LooksPanelProps {
  looks: CaptionStyle;
  onChange: (looks: CaptionStyle) => void;
  onClose: () => void;
}

/**
 * How subtitles look: each choice is seen at once, in the sample and in the film beside it. What one wants in the
 * middle of a film; the account's page has the rest.
 */
export function LooksPanel({ looks, onChange, onClose }: LooksPanelProps) {
  const { t } = useLingui();
  const edges: [CaptionEdge, string][] = [
    ["NONE", t`No edge`],
    ["OUTLINE", t`Outline`],
    ["SHADOW", t`Shadow`],
    ["RAISED", t`Raised`],
    ["DEPRESSED", t`Cut in`],
  ];
  return (
    <Dialog heading={<Trans>Looks of subtitles</Trans>} className="drawer" onClose={onClose}>
      <div className="mt-4 grid gap-5">
        <CaptionSample style={cueStyle(looks) as CSSProperties} />
        <Pills
          named
          legend={t`Size`}
          value={String(looks.sizePercent)}
          choices={[
            ["75", t`Small`],
            ["100", t`Medium`],
            ["150", t`Large`],
            ["200", t`Very large`],
          ]}
          onChange={(size) => onChange({ ...looks, sizePercent: Number(size) })}
        />
        <Swatches
          legend={t`Colour`}
          value={looks.color}
          onChange={(color) => onChange({ ...looks, color })}
        />
        <Pills
          named
          legend={t`Edge`}
          value={looks.edge}
          choices={edges}
          onChange={(edge) => onChange({ ...looks, edge })}
        />
        <Pills
          named
          legend={t`Background`}
          value={String(looks.backgroundOpacityPercent)}
          choices={[
            ["0", t`None`],
            ["75", t`Faint`],
            ["100", t`Solid`],
          ]}
          onChange={(opacity) => onChange({ ...looks, backgroundOpacityPercent: Number(opacity) })}
        />
        <div className="flex flex-wrap gap-2">
          <Button icon="replay" onClick={() => onChange(usualCaptions)}>
            <Trans>As usual</Trans>
          </Button>
          <ButtonLink to="/account/watching" look="bare">
            <Trans>More choices</Trans>
          </ButtonLink>
        </div>
      </div>
    </Dialog>
  );
}
