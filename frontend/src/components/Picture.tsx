import { type Ref, useEffect, useRef, useState } from "react";
import { paintBlur } from "@/lib/blur";

interface PictureProps {
  src: string | null | undefined;
  /** The same picture in all its sizes, and how wide it stands: what the browser chooses by. */
  srcSet?: string | null | undefined;
  sizes?: string;
  blurhash?: string | null | undefined;
  /** Of the largest picture on a page: fetched before the others. */
  first?: boolean;
  className?: string;
  imageClassName?: string;
  ref?: Ref<HTMLSpanElement>;
}

/**
 * A picture at its final size: first its own colours, blurred, then itself. Decoration; the words stand beside it.
 * Its box is its owner's to size, so nothing moves when the picture comes.
 */
export function Picture({
  src,
  srcSet,
  sizes,
  blurhash,
  first = false,
  className = "",
  imageClassName = "",
  ref,
}: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [arrived, setArrived] = useState<string | null>(null);

  useEffect(() => {
    if (canvas.current && blurhash) return paintBlur(canvas.current, blurhash);
  }, [blurhash]);

  return (
    <span ref={ref} className={`block overflow-hidden bg-raised ${className}`}>
      {blurhash && <canvas ref={canvas} width={1} height={1} className="absolute inset-0 size-full" />}
      {src && (
        <img
          // Before src: otherwise a browser begins to fetch the largest and then another.
          sizes={srcSet ? sizes : undefined}
          srcSet={srcSet ?? undefined}
          src={src}
          alt=""
          // The largest stands there already, put there by the server: no frame without it.
          decoding={first ? "sync" : "async"}
          loading={first ? "eager" : "lazy"}
          fetchPriority={first ? "high" : "auto"}
          draggable={false}
          ref={(image) => {
            if (image?.complete && image.naturalWidth > 0) setArrived(src);
          }}
          onLoad={() => setArrived(src)}
          className={`absolute inset-0 size-full object-cover transition-opacity duration-(--open) ease-(--ease) ${
            first || arrived === src ? "opacity-100" : "opacity-0"
          } ${imageClassName}`}
        />
      )}
    </span>
  );
}
