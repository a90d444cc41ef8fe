import { Trans, useLingui } from "@lingui/react/macro";
import { ButtonLink } from "@/components/Button";
import { Wordmark } from "@/components/Wordmark";
import { siteName } from "@/lib/site";
import { usePageTitle } from "@/lib/title";
import { Beam } from "./Beam";

/** The front of the house, for somebody we do not know yet. */
export function WelcomePage() {
  const { t } = useLingui();
  usePageTitle(t`Welcome`);
  return (
    <div className="relative isolate flex min-h-dvh flex-col overflow-hidden">
      <Beam />
      <header className="gutters flex h-20 items-center justify-between gap-4">
        <Wordmark />
        <ButtonLink to="/login" search={{}} size="small">
          <Trans>Sign in</Trans>
        </ButtonLink>
      </header>
      <div className="gutters grid grow content-center gap-6 pt-8 pb-28">
        <h1 className="max-w-[13ch] text-display leading-[0.98] tracking-[-0.035em]">
          <Trans>The lights go down. The film is yours.</Trans>
        </h1>
        <p className="max-w-lg text-lead">
          <Trans>
            Films and series on every screen you have, from where you stopped, each on a profile of one's own.
          </Trans>
        </p>
        <div className="flex flex-wrap gap-3">
          <ButtonLink to="/signup" search={{}} look="primary" size="large">
            <Trans>Make an account</Trans>
          </ButtonLink>
          <ButtonLink to="/login" search={{}} size="large">
            <Trans>I have one</Trans>
          </ButtonLink>
        </div>
      </div>
      <footer className="gutters pb-6 text-fine text-faint">{siteName}</footer>
    </div>
  );
}
