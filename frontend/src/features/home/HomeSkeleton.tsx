import { useLingui } from "@lingui/react/macro";

const places = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** A shelf's own shape: heading, cards and, where they have one, the line under them. */
export function RowSkeleton({ wide = false }: { wide?: boolean }) {
  return (
    <div className="row" data-wide={wide || undefined}>
      <div className="gutters text-heading leading-[1.12]">
        <div className="skeleton h-[1lh] w-48" />
      </div>
      <div className="row-cards overflow-hidden">
        {places.map((place) =>
          wide ? (
            <div key={place} className="grid gap-2">
              <div className="skeleton aspect-video" />
              <div className="skeleton h-[1lh] w-2/3" />
            </div>
          ) : (
            <div key={place} className="skeleton aspect-[2/3]" />
          ),
        )}
      </div>
    </div>
  );
}

/** The home page's own shape, so that nothing moves when its answer comes. */
export function HomeSkeleton() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} className="skeletons overflow-hidden pb-20">
      <div className="hero-box skeleton rounded-none" />
      <div className="relative -mt-10 grid gap-7 sm:-mt-16 sm:gap-9">
        <RowSkeleton />
        <RowSkeleton />
      </div>
    </div>
  );
}
