import { useLingui } from "@lingui/react/macro";

/** The page's own shape: its head, the words on the left and the people on the right. */
export function TitleSkeleton() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} className="skeletons">
      <div className="hero-box title-box skeleton rounded-none" />
      <BodySkeleton />
    </div>
  );
}

/** What stands under the head, which is there already when one comes from a card. */
export function BodySkeleton() {
  return (
    <div className="skeletons gutters grid gap-x-16 gap-y-8 pt-6 sm:pt-8 lg:grid-cols-[minmax(0,1.5fr)_minmax(16rem,1fr)]">
      <div className="grid max-w-[65ch] content-start gap-3 text-lead leading-relaxed">
        <div className="skeleton h-[1lh] w-full" />
        <div className="skeleton h-[1lh] w-11/12" />
        <div className="skeleton h-[1lh] w-2/3" />
      </div>
      <div className="grid content-start gap-3">
        <div className="skeleton h-[1lh] w-56" />
        <div className="skeleton h-[1lh] w-44" />
        <div className="skeleton h-[1lh] w-52" />
      </div>
    </div>
  );
}
