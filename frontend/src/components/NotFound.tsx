import { Trans, useLingui } from "@lingui/react/macro";
import { usePageTitle } from "@/lib/title";
import { ButtonLink } from "./Button";

/** A dark projector: there is nothing at this address, and here is a way on. */
export function NotFound() {
  const { t } = useLingui();
  usePageTitle(t`Not found`);
  return (
    <section className="page-top gutters mx-auto grid min-h-[70dvh] max-w-3xl content-center justify-items-center gap-4 text-center">
      <svg viewBox="0 0 200 120" aria-hidden="true" className="mb-2 w-56">
        <path d="M70 52 190 10v100L70 72z" fill="var(--glow)" />
        <rect x="18" y="42" width="52" height="40" rx="8" fill="var(--ink-float)" />
        <path d="M30 42V28l-5-8h28l-5 8v14z" fill="var(--ink-float)" />
        <circle cx="45" cy="62" r="11" fill="var(--ink)" />
        <circle cx="45" cy="62" r="4.5" fill="var(--amber-fill)" />
      </svg>
      <h1 className="text-title">
        <Trans>Nothing is showing here</Trans>
      </h1>
      <p className="max-w-md text-lead">
        <Trans>The address may be old, or this is not available on this profile.</Trans>
      </p>
      <div className="mt-4 flex flex-wrap justify-center gap-3">
        <ButtonLink to="/" look="primary">
          <Trans>Go to the start</Trans>
        </ButtonLink>
        <ButtonLink to="/search" search={{}} icon="search">
          <Trans>Search</Trans>
        </ButtonLink>
      </div>
    </section>
  );
}
