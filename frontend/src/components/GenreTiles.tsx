import { Plural, Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { genresQuery } from "@/lib/genres";
import { useProfileKey } from "@/lib/session";

/** Every genre as a pane of coloured glass, as a magic lantern's slides were. */
export function GenreTiles() {
  const query = useQuery(genresQuery(useProfileKey()));
  const genres = query.data?.filter((genre) => genre.titleCount > 0) ?? [];
  if (genres.length === 0) return null;
  return (
    <section aria-labelledby="genres" className="grid gap-4">
      <h2 id="genres" className="text-heading">
        <Trans>Genres</Trans>
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(13rem,44%),1fr))] gap-3 sm:gap-4">
        {genres.map((genre, index) => (
          <li key={genre.slug}>
            <Link
              to="/browse"
              search={{ genre: genre.slug }}
              className="glass flex aspect-[16/8] flex-col justify-end rounded-xl p-4"
              style={{ "--hue": `${(index * 47 + 60) % 360}` }}
            >
              <span className="text-heading leading-tight font-[620] text-(--on-picture)">{genre.name}</span>
              <span className="tabular text-fine text-(--on-picture)/80">
                <Plural value={genre.titleCount} one="# title" other="# titles" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
