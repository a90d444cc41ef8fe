import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { AttachAssetDocument, CreateMovieDocument, PublishTitleDocument } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { assetsKey } from "./assets";
import type { FilmWords } from "./FilmForm";
import type { FilmUpload, UploadState } from "./upload";

interface Made {
  slug: string;
  titleId: string;
  videoId: string;
}

/** A refusal in a payload, as an exception that a form can show. */
export class Refusal extends Error {
  readonly field: string | null;

  constructor({ field, message }: { field: string | null; message: string }) {
    super(message);
    this.field = field;
  }
}

function check(errors: readonly { field: string | null; message: string }[] | undefined): void {
  if (errors?.[0]) throw new Refusal(errors[0]);
}

const nothing = () => () => {};

/**
 * A title and its film, made in whichever order they are ready: the title when its words are sent, the film when its
 * last byte has arrived, and one put to the other when both are there.
 */
export function useNewFilm(upload: FilmUpload | null) {
  const client = useQueryClient();
  const [made, setMade] = useState<Made | null>(null);
  const state: UploadState | null = useSyncExternalStore(
    upload?.subscribe ?? nothing,
    () => upload?.state() ?? null,
  );
  const assetId = state?.assetId ?? null;

  const create = useMutation({
    mutationFn: async ({ publish, ...words }: FilmWords): Promise<Made> => {
      const { createMovie } = await execute(CreateMovieDocument, { input: words });
      check(createMovie?.errors);
      const movie = createMovie?.movie;
      if (!movie?.video) throw new Refusal({ field: null, message: "" });
      if (publish) {
        const { publishTitle } = await execute(PublishTitleDocument, { input: { titleId: movie.id } });
        check(publishTitle?.errors);
      }
      return { slug: movie.slug, titleId: movie.id, videoId: movie.video.id };
    },
    onSuccess: setMade,
  });

  const { mutate: attach, ...attaching } = useMutation({
    mutationFn: async (input: { videoId: string; assetId: string }) => {
      const { attachAsset } = await execute(AttachAssetDocument, { input });
      check(attachAsset?.errors);
    },
    onSuccess: () => client.invalidateQueries(),
  });

  const videoId = made?.videoId ?? null;
  useEffect(() => {
    if (videoId && assetId) attach({ videoId, assetId });
  }, [videoId, assetId, attach]);

  useEffect(() => {
    if (assetId) void client.invalidateQueries({ queryKey: assetsKey });
  }, [assetId, client]);

  return {
    made,
    create,
    attached: attaching.isSuccess,
    attachFault: attaching.error,
    attachAgain: () => videoId && assetId && attach({ videoId, assetId }),
    forget: () => {
      setMade(null);
      create.reset();
      attaching.reset();
    },
  };
}
