import { useLingui } from "@lingui/react/macro";

export function TitleSkeleton() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} className="skeletons">
      <div className="hero-box skeleton rounded-none" />
      <div className="gutters grid gap-4 py-8">
        <div className="skeleton h-5 w-full max-w-2xl" />
        <div className="skeleton h-5 w-full max-w-xl" />
        <div className="skeleton h-5 w-full max-w-lg" />
      </div>
    </div>
  );
}
