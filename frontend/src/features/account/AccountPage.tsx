import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Avatar } from "@/components/Avatar";
import { Button, ButtonLink } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { Pills } from "@/components/Pills";
import { UpdateProfileDocument } from "@/gql/documents";
import { faultOfForm } from "@/lib/faults";
import { execute } from "@/lib/graphql/client";
import { viewerQuery } from "@/lib/graphql/queries";
import { languages, spokenHere } from "@/lib/i18n";
import { ownName } from "@/lib/languages";
import { useViewer } from "@/lib/session";
import { chooseTheme, chosenTheme, type Theme } from "@/lib/theme";
import { usePageTitle } from "@/lib/title";
import { useSignOut } from "@/lib/useSignOut";
import { Card, Line, Lines } from "./Card";

export function AccountPage() {
  const { t } = useLingui();
  usePageTitle(t`Account`);
  const viewer = useViewer();
  const signOut = useSignOut();
  if (!viewer) return null;
  const { activeProfile: profile, plan } = viewer;

  return (
    <>
      <h1 className="text-title">
        <Trans>Account</Trans>
      </h1>
      <Card heading={<Trans>Who you are</Trans>}>
        <Lines>
          <Line name={<Trans>E-mail</Trans>}>
            <span className="min-w-0 wrap-anywhere text-paper">{viewer.email}</span>
            <Button size="small" onClick={() => signOut.mutate()} busy={signOut.isPending}>
              <Trans>Sign out</Trans>
            </Button>
          </Line>
          <Line name={<Trans>Profile</Trans>}>
            <span className="flex min-w-0 items-center gap-3 wrap-anywhere text-paper">
              {profile && <Avatar avatar={profile.avatar} className="size-10" />}
              {profile ? profile.name : <Trans>None</Trans>}
            </span>
            <span className="flex flex-wrap gap-2">
              <ButtonLink to="/profiles" search={{}} size="small">
                <Trans>Switch profile</Trans>
              </ButtonLink>
              <ButtonLink to="/profiles/manage" size="small">
                <Trans>Manage profiles</Trans>
              </ButtonLink>
            </span>
          </Line>
        </Lines>
      </Card>
      {plan && (
        <Card heading={<Trans>Plan</Trans>} about={plan.name}>
          <ul className="grid gap-1.5">
            <li>
              <Plural
                value={plan.maxStreams}
                one="Watch on # screen at a time"
                other="Watch on # screens at a time"
              />
            </li>
            <li>
              <Trans>A picture of up to {plan.maxHeight} lines</Trans>
            </li>
            <li>
              <Plural value={plan.maxProfiles} one="# profile" other="# profiles" />
            </li>
          </ul>
        </Card>
      )}
      <Card heading={<Trans>How it looks and speaks</Trans>}>
        <Lines>
          <Line name={<Trans>Colours</Trans>}>
            <ThemeChoice />
          </Line>
          {profile && (
            <Line name={<Trans>Language</Trans>}>
              <LanguageChoice profileId={profile.id} />
            </Line>
          )}
        </Lines>
      </Card>
    </>
  );
}

function ThemeChoice() {
  const { t } = useLingui();
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  return (
    <Pills
      legend={t`Colours`}
      value={theme}
      choices={[
        ["dark", t`Dark`],
        ["light", t`Light`],
        ["system", t`As this device`],
      ]}
      onChange={(one) => {
        setTheme(one);
        chooseTheme(one);
      }}
    />
  );
}

/** Kept with the profile, so that it is so on every device; the page follows at once. */
function LanguageChoice({ profileId }: { profileId: string }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (language: string) =>
      execute(UpdateProfileDocument, { input: { profileId, language } }).then(
        ({ updateProfile }) => updateProfile?.errors ?? [],
      ),
    // Names and synopses come in the new language, from the server.
    onSuccess: async () => {
      await client.fetchQuery({ ...viewerQuery, staleTime: 0 });
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === profileId });
    },
  });
  return (
    <div className="grid gap-2">
      <Pills
        legend={t`Language`}
        value={change.isPending ? change.variables : spokenHere()}
        choices={languages.map(
          (tag) =>
            [
              tag,
              <span key={tag} lang={tag}>
                {ownName(tag)}
              </span>,
            ] as const,
        )}
        onChange={(tag) => change.mutate(tag)}
      />
      <FormFault>{faultOfForm(change.data ?? [], [], change.error)}</FormFault>
    </div>
  );
}
