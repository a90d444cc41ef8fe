import "./studio.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { GenresDocument } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { AssetList } from "./AssetList";
import { DropZone } from "./DropZone";
import { FilmForm } from "./FilmForm";
import { nameFrom } from "./nameFrom";
import { UploadCard } from "./UploadCard";
import { FilmUpload } from "./upload";
import { Refusal, useNewFilm } from "./useNewFilm";

/** Operators: drop a film, say what it is, watch it being made ready. */
export function StudioPage() {
  const { t } = useLingui();
  const who = useProfileKey();
  usePageTitle(t`Add a film`);
  const [upload, setUpload] = useState<FilmUpload | null>(null);
  const film = useNewFilm(upload);
  const genres = useQuery({
    queryKey: [who, "genres"],
    queryFn: ({ signal }) => execute(GenresDocument, {}, signal),
  });

  const begin = (file: File) => {
    const next = new FilmUpload(file);
    setUpload(next);
    void next.start();
  };
  const afresh = () => {
    setUpload(null);
    film.forget();
  };
  const fault = film.create.error;

  return (
    <div className="page-top gutters mx-auto grid max-w-6xl gap-12 pb-24">
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-title">
            <Trans>Add a film</Trans>
          </h1>
          <p className="mt-2">
            <Trans>
              It can be watched soon after its last byte has arrived, and gets better while it is made.
            </Trans>
          </p>
        </div>
        <a href="/admin/" className="inline-flex items-center gap-2 text-amber">
          <Trans>Everything else is in the admin</Trans>
          <Icon name="external" className="size-5" />
        </a>
      </header>

      {upload ? (
        <div className="grid gap-4">
          <UploadCard
            upload={upload}
            onCancel={() => {
              void upload.cancel();
              afresh();
            }}
          />
          {film.made ? (
            <section className="panel" role="status">
              <p className="text-lead text-paper">
                {film.attached ? (
                  <Trans>The film is added. It shows below how far it is.</Trans>
                ) : (
                  <Trans>The title is made. Its film is put to it when all of it has arrived.</Trans>
                )}
              </p>
              {film.attachFault && <p className="text-red">{film.attachFault.message}</p>}
              <div className="flex flex-wrap gap-3">
                <ButtonLink to="/title/$slug" params={{ slug: film.made.slug }} look="primary">
                  <Trans>Open its page</Trans>
                </ButtonLink>
                {film.attachFault ? (
                  <Button icon="replay" onClick={film.attachAgain}>
                    <Trans>Try again</Trans>
                  </Button>
                ) : (
                  film.attached && (
                    <Button icon="plus" onClick={afresh}>
                      <Trans>Add another</Trans>
                    </Button>
                  )
                )}
              </div>
            </section>
          ) : (
            <FilmForm
              key={upload.file.name}
              suggestedName={nameFrom(upload.file.name)}
              genres={genres.data?.genres?.map(({ name }) => name) ?? []}
              busy={film.create.isPending}
              fault={
                fault && {
                  field: fault instanceof Refusal ? fault.field : null,
                  message: fault.message || t`That did not work. Try again.`,
                }
              }
              onSave={(words) => film.create.mutate(words)}
            />
          )}
        </div>
      ) : (
        <DropZone onFile={begin} />
      )}

      <section className="grid gap-4">
        <h2 className="text-heading">
          <Trans>In the works</Trans>
        </h2>
        <AssetList />
      </section>
    </div>
  );
}
