import { Trans } from "@lingui/react/macro";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";

/** Where a film is dropped, or chosen by a press. */
export function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button does the same.
    <div
      className="drop"
      data-over={over || undefined}
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <span className="drop-mark">
        <Icon name="film" className="size-9" />
      </span>
      <p className="text-heading text-paper">
        <Trans>Drop a film here</Trans>
      </p>
      <p className="text-faint">
        <Trans>
          MP4, MOV, Matroska, WebM and most others, up to 100 GB. A broken upload goes on where it was.
        </Trans>
      </p>
      <Button look="primary" icon="upload" onClick={() => input.current?.click()}>
        <Trans>Choose a file</Trans>
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="film-file"
        accept="video/*,.mkv,.mxf,.ts,.flv,.avi,.ogv,.mpg"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
    </div>
  );
}
