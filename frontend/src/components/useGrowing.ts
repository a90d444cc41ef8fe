import { useQueryClient } from "@tanstack/react-query";
import type { MouseEvent } from "react";
import type { TitleCardFragment } from "@/gql/documents";
import { cardKey } from "@/lib/cards";
import { useProfileKey } from "@/lib/session";

/** What a press on a way to a title's page does first: the page begins with what is known, and its picture grows out of this. */
export function useGrowing(title: TitleCardFragment) {
  const client = useQueryClient();
  const who = useProfileKey();
  return (event: MouseEvent<HTMLElement>) => {
    client.setQueryData(cardKey(who, title.slug), title);
    // Two of that name on one page would stop both: a title's own page gives it up for the card pressed on it.
    document.querySelector<HTMLElement>(".film")?.style.setProperty("view-transition-name", "none");
    event.currentTarget
      .querySelector<HTMLElement>("[data-picture]")
      ?.style.setProperty("view-transition-name", "film");
  };
}
