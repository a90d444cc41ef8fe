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

const round = "border border-control/70 bg-float/70 backdrop-blur-sm hover:border-faint";
const sizeOf = (small: boolean | undefined) => (small ? "size-10" : "size-12");

/** Keep it for later. A list belongs to a profile: without one there is no button. */
export function ListButton({ title, small }: { title: Shelved; small?: boolean }) {
  const { t } = useLingui();
  const { inMyList, toggle } = useMyList(title);
  if (!useViewer()?.activeProfile) return null;
  return (
    <IconButton
      icon={inMyList ? "check" : "plus"}
      label={t`My list`}
      aria-pressed={inMyList}
      onClick={toggle}
      box={sizeOf(small)}
      className={`${round} ${inMyList ? "text-amber" : "text-paper"}`}
    />
  );
}

/** For me, very much for me where there is room to say so, or not for me. */
export function ThumbButtons({ title, small }: { title: Shelved; small?: boolean }) {
  const { t } = useLingui();
  const { rating, rate } = useRating(title);
  if (!useViewer()?.activeProfile) return null;
  const love = rating === "LOVE";
  const up = rating === "UP" || (love && small === true);
  return (
    <>
      <IconButton
        icon="thumbUp"
        label={t`I like this`}
        aria-pressed={up}
        filled={up}
        onClick={() => rate(love && small ? "LOVE" : "UP")}
        box={sizeOf(small)}
        className={`${round} ${up ? "text-amber" : "text-paper"}`}
      />
      {!small && (
        <IconButton
          icon="heart"
          label={t`I love this`}
          aria-pressed={love}
          filled={love}
          onClick={() => rate("LOVE")}
          box={sizeOf(small)}
          className={`${round} ${love ? "text-amber" : "text-paper"}`}
        />
      )}
      <IconButton
        icon="thumbDown"
        label={t`Not for me`}
        aria-pressed={rating === "DOWN"}
        filled={rating === "DOWN"}
        onClick={() => rate("DOWN")}
        box={sizeOf(small)}
        className={`${round} ${rating === "DOWN" ? "text-amber" : "text-paper"}`}
      />
    </>
  );
}
