import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { Avatar } from "@/components/Avatar";
import { Button, ButtonLink } from "@/components/Button";
import { useViewer } from "@/lib/session";
import { chooseTheme, chosenTheme, type Theme, themes } from "@/lib/theme";
import { usePageTitle } from "@/lib/title";
import { useSignOut } from "@/lib/useSignOut";

export function AccountPage() {
  const { t } = useLingui();
  usePageTitle(t`Account`);
  const viewer = useViewer();
  const signOut = useSignOut();
  if (!viewer) return null;
  const { activeProfile: profile, plan } = viewer;

  return (
    <div className="page-top gutters mx-auto grid max-w-4xl gap-8 pb-28">
      <h1 className="text-title">
        <Trans>Account</Trans>
      </h1>
      <dl className="divide-y divide-line/60 rounded-2xl border border-line/60 bg-raised">
        <Line name={<Trans>E-mail</Trans>}>
          <span className="wrap-anywhere text-paper">{viewer.email}</span>
          <Button size="small" onClick={() => signOut.mutate()} busy={signOut.isPending}>
            <Trans>Sign out</Trans>
          </Button>
        </Line>
        <Line name={<Trans>Profile</Trans>}>
          <span className="flex items-center gap-3 text-paper">
            {profile && <Avatar avatar={profile.avatar} className="size-10" />}
            {profile ? profile.name : <Trans>None</Trans>}
          </span>
          <ButtonLink to="/profiles" search={{}} size="small">
            <Trans>Switch profile</Trans>
          </ButtonLink>
        </Line>
        {plan && (
          <Line name={<Trans>Plan</Trans>}>
            <span>
              <span className="block text-paper">{plan.name}</span>
              <span className="text-faint">
                <Plural
                  value={plan.maxStreams}
                  one="Watch on # screen at a time"
                  other="Watch on # screens at a time"
                />
                {plan.maxHeight ? <Trans>, up to {plan.maxHeight}p</Trans> : null}
              </span>
            </span>
          </Line>
        )}
        <Line name={<Trans>Light</Trans>}>
          <ThemeChoice />
        </Line>
      </dl>
    </div>
  );
}

function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-8 gap-y-2 p-5 sm:grid-cols-[10rem_1fr] sm:p-6">
      <dt className="pt-1 text-faint">{name}</dt>
      <dd className="flex min-h-9 flex-wrap items-center justify-between gap-4">{children}</dd>
    </div>
  );
}

function ThemeChoice() {
  const { t } = useLingui();
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  const names: Record<Theme, string> = { dark: t`Dark`, light: t`Light`, system: t`As this device` };
  return (
    <fieldset className="flex flex-wrap gap-1 rounded-full bg-ink p-1">
      <legend className="sr-only">{t`Light`}</legend>
      {themes.map((one) => (
        <label
          key={one}
          className="cursor-pointer rounded-full px-4 py-1.5 transition-colors duration-(--press) hover:text-paper has-checked:bg-float has-checked:font-[620] has-checked:text-paper has-focus-visible:outline-3 has-focus-visible:outline-amber"
        >
          <input
            type="radio"
            name="theme"
            className="sr-only"
            checked={theme === one}
            onChange={() => {
              setTheme(one);
              chooseTheme(one);
            }}
          />
          {names[one]}
        </label>
      ))}
    </fieldset>
  );
}
