import { t } from "@lingui/core/macro";
import type { Face } from "@/components/Avatar";

export function faceName(face: Face): string {
  const names: Record<Face, string> = {
    lantern: t`Lantern`,
    fox: t`Fox`,
    owl: t`Owl`,
    bear: t`Bear`,
    cat: t`Cat`,
    hare: t`Hare`,
    moth: t`Moth`,
    moon: t`Moon`,
  };
  return names[face];
}
