import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Button } from "@/components/Button";
import { CaptionSample } from "@/components/CaptionSample";
import { Pills } from "@/components/Pills";
import { SelectField } from "@/components/SelectField";
import { Swatches } from "@/components/Swatches";
import {
  type CaptionEdge,
  type CaptionFont,
  type CaptionStyle,
  cueStyle,
  usualCaptions,
} from "@/lib/captions";
import { Card } from "./Card";
import { Slider } from "./Slider";

interface CaptionsCardProps {
  style: CaptionStyle;
  choose: (style: CaptionStyle) => void;
}

/** How subtitles look, with a sample that follows each choice at once. */
export function CaptionsCard({ style, choose }: CaptionsCardProps) {
  const { t } = useLingui();
  // What a slider says while it is held is seen, and sent when it is let go.
  const [shown, setShown] = useState(style);
  useEffect(() => setShown(style), [style]);
  const show = (part: Partial<CaptionStyle>) => setShown({ ...shown, ...part });
  const set = (part: Partial<CaptionStyle>) => choose({ ...shown, ...part });
  const isUsual = (Object.keys(usualCaptions) as (keyof CaptionStyle)[]).every(
    (name) => shown[name] === usualCaptions[name],
  );
  const fonts: Record<CaptionFont, string> = {
    SANS: t`Plain`,
    SERIF: t`With serifs`,
    MONOSPACE: t`Plain, of one width`,
    MONOSPACE_SERIF: t`With serifs, of one width`,
    CASUAL: t`As one prints by hand`,
    SCRIPT: t`As one writes by hand`,
    SMALL_CAPITALS: t`Small capitals`,
  };
  const edges: Record<CaptionEdge, string> = {
    NONE: t`No edge`,
    OUTLINE: t`Outline`,
    SHADOW: t`Shadow`,
    RAISED: t`Raised`,
    DEPRESSED: t`Cut in`,
  };

  return (
    <Card
      heading={<Trans>Looks of subtitles</Trans>}
      action={
        <Button size="small" icon="replay" disabled={isUsual} onClick={() => choose(usualCaptions)}>
          <Trans>As usual</Trans>
        </Button>
      }
    >
      <CaptionSample style={cueStyle(shown)} />
      <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        <Slider
          label={t`Size`}
          min={50}
          max={300}
          step={25}
          value={shown.sizePercent}
          onShow={(sizePercent) => show({ sizePercent })}
          onSet={(sizePercent) => set({ sizePercent })}
        />
        <SelectField
          label={<Trans>Letters</Trans>}
          value={shown.font}
          onChange={(event) => set({ font: event.target.value as CaptionFont })}
        >
          {Object.entries(fonts).map(([font, words]) => (
            <option key={font} value={font}>
              {words}
            </option>
          ))}
        </SelectField>
        <Swatches legend={t`Colour`} value={shown.color} onChange={(color) => set({ color })} />
        <Slider
          label={t`Opacity`}
          min={0}
          max={100}
          step={25}
          value={shown.opacityPercent}
          onShow={(opacityPercent) => show({ opacityPercent })}
          onSet={(opacityPercent) => set({ opacityPercent })}
        />
        <div className="sm:col-span-2">
          <Pills
            named
            legend={t`Edge`}
            value={shown.edge}
            choices={Object.entries(edges) as [CaptionEdge, string][]}
            onChange={(edge) => set({ edge })}
          />
        </div>
        <Swatches
          legend={t`Behind each line`}
          value={shown.backgroundColor}
          onChange={(backgroundColor) => set({ backgroundColor })}
        />
        <Slider
          label={t`Opacity behind each line`}
          min={0}
          max={100}
          step={25}
          value={shown.backgroundOpacityPercent}
          onShow={(backgroundOpacityPercent) => show({ backgroundOpacityPercent })}
          onSet={(backgroundOpacityPercent) => set({ backgroundOpacityPercent })}
        />
        <Swatches
          legend={t`Behind all lines`}
          value={shown.windowColor}
          onChange={(windowColor) => set({ windowColor })}
        />
        <Slider
          label={t`Opacity behind all lines`}
          min={0}
          max={100}
          step={25}
          value={shown.windowOpacityPercent}
          onShow={(windowOpacityPercent) => show({ windowOpacityPercent })}
          onSet={(windowOpacityPercent) => set({ windowOpacityPercent })}
        />
      </div>
    </Card>
  );
}
