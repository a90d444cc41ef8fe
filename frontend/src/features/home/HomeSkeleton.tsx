import { useLingui } from "@lingui/react/macro";

/** The home page's own shape, so that nothing moves when its answer comes. */
export function HomeSkeleton() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} className="skeletons overflow-hidden pb-20">
      <div className="hero-box skeleton rounded-none" />
      <div className="relative -mt-10 grid gap-9 sm:-mt-16">
        {[0, 1].map((row) => (
          <div key={row} className="row">
            <div className="gutters">
              <div className="skeleton h-6 w-48" />
            </div>
            <div className="row-cards">
              {[0, 1, 2, 3, 4, 5, 6, 7, 8].map((card) => (
                <div key={card} className="skeleton aspect-[2/3]" />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
