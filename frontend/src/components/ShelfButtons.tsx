import { useLingui } from "@lingui/react/macro";
import type { RatingValue } from "@/gql/documents";
import { useViewer } from "@/lib/session";
import { useMyList, useRating } from "@/lib/shelf";
import { IconButton } from "./Button";

interface Shelved {
  id: string;
  inMyList: boolean;
  myRating: RatingValue | null;
}

const round = "size-12 border border-control/70 bg-float/70 backdrop-blur-sm hover:border-faint";

/** Keep it for later. A list belongs to a profile: without one there is no button. */
export function ListButton({ title }: { title: Shelved }) {
  const { t } = useLingui();
  const { inMyList, toggle } = useMyList(title);
  if (!useViewer()?.activeProfile) return null;
  return (
    <IconButton
      icon={inMyList ? "check" : "plus"}
      label={t`My list`}
      aria-pressed={inMyList}
      onClick={toggle}
      className={`${round} ${inMyList ? "text-amber" : "text-paper"}`}
    />
  );
}

/** For me, or not for me. */
export function ThumbButtons({ title }: { title: Shelved }) {
  const { t } = useLingui();
  const { rating, rate } = useRating(title);
  if (!useViewer()?.activeProfile) return null;
  const up = rating === "UP" || rating === "LOVE";
  return (
    <>
      <IconButton
        icon="thumbUp"
        label={t`I like this`}
        aria-pressed={up}
        filled={up}
        onClick={() => rate(rating === "LOVE" ? "LOVE" : "UP")}
        className={`${round} ${up ? "text-amber" : "text-paper"}`}
      />
      <IconButton
        icon="thumbDown"
        label={t`Not for me`}
        aria-pressed={rating === "DOWN"}
        filled={rating === "DOWN"}
        onClick={() => rate("DOWN")}
        className={`${round} ${rating === "DOWN" ? "text-amber" : "text-paper"}`}
      />
    </>
  );
}
