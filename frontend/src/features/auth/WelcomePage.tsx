import { Trans, useLingui } from "@lingui/react/macro";
import { ButtonLink } from "@/components/Button";
import { Wordmark } from "@/components/Wordmark";
import { usePageTitle } from "@/lib/title";
import { Beam } from "./Beam";
import { Slide } from "./Slide";

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
        <Slide className="mb-4 w-52 justify-self-center sm:w-72 lg:absolute lg:end-[6vw] lg:top-1/2 lg:-z-10 lg:mb-0 lg:w-[min(38vw,44rem)] lg:-translate-y-1/2" />
        <h1 className="lg:max-w-[54vw] text-display leading-[0.98] tracking-[-0.035em]">
          <span className="block">
            <Trans>The lights go down.</Trans>
          </span>
          <span className="block">
            <Trans>The film is yours.</Trans>
          </span>
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
    </div>
  );
}
