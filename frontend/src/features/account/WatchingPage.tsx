import { Trans, useLingui } from "@lingui/react/macro";
import { ButtonLink } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { SelectField } from "@/components/SelectField";
import { Switch } from "@/components/Switch";
import { faultOfForm } from "@/lib/faults";
import { formatLocale } from "@/lib/i18n";
import { languageName, spokenLanguages } from "@/lib/languages";
import { useViewer } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { type Choices, useWatching } from "@/lib/useWatching";
import { CaptionsCard } from "./CaptionsCard";
import { Card } from "./Card";
import { Done } from "./Done";

/** How the profile that watches likes to: what it hears and reads, and what begins by itself. */
export function WatchingPage() {
  const { t } = useLingui();
  usePageTitle(t`Watching`);
  const viewer = useViewer();
  const { watching, choose, faults, error, saved } = useWatching();
  const name = viewer?.activeProfile?.name;
  const choices = watching.data;

  return (
    <>
      <div className="grid gap-1">
        <h1 className="text-title">
          <Trans>Watching</Trans>
        </h1>
        {name && (
          <p>
            <Trans>For {name}, on every device.</Trans>
          </p>
        )}
      </div>
      <FormFault>{faultOfForm(faults, [], error)}</FormFault>
      {watching.isPending && (
        <div className="skeletons grid gap-6">
          <div className="skeleton h-56" />
          <div className="skeleton h-40" />
        </div>
      )}
      {watching.isSuccess && !choices && (
        <Card
          heading={<Trans>No profile is watching</Trans>}
          about={<Trans>What one likes to hear and read belongs to a profile.</Trans>}
          action={
            <ButtonLink to="/profiles" search={{ next: "/account/watching" }} look="primary">
              <Trans>Choose a profile</Trans>
            </ButtonLink>
          }
        />
      )}
      {choices && (
        <>
          <SoundCard choices={choices} choose={choose} />
          <Card heading={<Trans>What begins by itself</Trans>}>
            <div className="grid gap-2">
              <Switch
                label={<Trans>The next episode</Trans>}
                hint={<Trans>After a few seconds in which you can stop it.</Trans>}
                checked={choices.autoplayNext}
                onChange={(event) => choose({ autoplayNext: event.target.checked })}
              />
              <Switch
                label={<Trans>Previews</Trans>}
                hint={<Trans>Silent, while you look around. Never where less motion is wanted.</Trans>}
                checked={choices.autoplayPreviews}
                onChange={(event) => choose({ autoplayPreviews: event.target.checked })}
              />
            </div>
          </Card>
          <CaptionsCard style={choices.captionStyle} choose={(captionStyle) => choose({ captionStyle })} />
        </>
      )}
      <Done when={saved}>
        <Trans>Saved</Trans>
      </Done>
    </>
  );
}

interface SoundCardProps {
  choices: Choices;
  choose: (part: Partial<Choices>) => void;
}

function SoundCard({ choices, choose }: SoundCardProps) {
  const order = new Intl.Collator(formatLocale());
  const languages = (chosen: string | null | undefined) =>
    [...new Set([...spokenLanguages, ...(chosen ? [chosen] : [])])]
      .map((tag) => [tag, languageName(tag)] as const)
      .sort(([, one], [, other]) => order.compare(one, other));
  return (
    <Card
      heading={<Trans>Audio and subtitles</Trans>}
      about={<Trans>What is taken where a film has it. In the film you can always choose otherwise.</Trans>}
    >
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <SelectField
          label={<Trans>Audio</Trans>}
          value={choices.audioLanguage ?? ""}
          onChange={(event) => choose({ audioLanguage: event.target.value || null })}
        >
          <OriginalOption />
          {languages(choices.audioLanguage).map(([tag, name]) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={<Trans>Subtitles</Trans>}
          value={choices.subtitleLanguage ?? ""}
          onChange={(event) => choose({ subtitleLanguage: event.target.value || null })}
        >
          <NoneOption />
          {languages(choices.subtitleLanguage).map(([tag, name]) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </SelectField>
        <Switch
          label={<Trans>Audio description</Trans>}
          hint={<Trans>A voice says what is to be seen.</Trans>}
          checked={choices.audioDescription}
          onChange={(event) => choose({ audioDescription: event.target.checked })}
        />
        <Switch
          label={<Trans>Subtitles for the hard of hearing</Trans>}
          hint={<Trans>With what is heard beside the words.</Trans>}
          checked={choices.subtitlesDescribeSound}
          onChange={(event) => choose({ subtitlesDescribeSound: event.target.checked })}
        />
      </div>
    </Card>
  );
}

function OriginalOption() {
  const { t } = useLingui();
  return <option value="">{t`As the film was made`}</option>;
}

function NoneOption() {
  const { t } = useLingui();
  return <option value="">{t`No subtitles`}</option>;
}
