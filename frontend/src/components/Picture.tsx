import { decode } from "blurhash";
import { type Ref, useEffect, useRef, useState } from "react";

interface PictureProps {
  src: string | null | undefined;
  blurhash?: string | null | undefined;
  /** Of the largest picture on a page: fetched before the others. */
  first?: boolean;
  className?: string;
  imageClassName?: string;
  ref?: Ref<HTMLSpanElement>;
}

const grain = 24;

/**
 * A picture at its final size: first its own colours, blurred, then itself. Decoration; the words stand beside it.
 * Its box is its owner's to size, so nothing moves when the picture comes.
 */
export function Picture({
  src,
  blurhash,
  first = false,
  className = "",
  imageClassName = "",
  ref,
}: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [arrived, setArrived] = useState<string | null>(null);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !blurhash) return;
    try {
      context.putImageData(
        new ImageData(new Uint8ClampedArray(decode(blurhash, grain, grain)), grain, grain),
        0,
        0,
      );
    } catch (fault) {
      // A hash that cannot be read costs the blur, not the page.
      console.error(fault);
    }
  }, [blurhash]);

  return (
    <span ref={ref} className={`block overflow-hidden bg-raised ${className}`}>
      {blurhash && (
        <canvas ref={canvas} width={grain} height={grain} className="absolute inset-0 size-full" />
      )}
      {src && (
        <img
          src={src}
          alt=""
          decoding="async"
          loading={first ? "eager" : "lazy"}
          fetchPriority={first ? "high" : "auto"}
          draggable={false}
          ref={(image) => {
            if (image?.complete && image.naturalWidth > 0) setArrived(src);
          }}
          onLoad={() => setArrived(src)}
          className={`absolute inset-0 size-full object-cover transition-opacity duration-(--open) ease-(--ease) ${
            arrived === src ? "opacity-100" : "opacity-0"
          } ${imageClassName}`}
        />
      )}
    </span>
  );
}
