import { NotFound } from "@/components/NotFound";
import { Shell } from "./Shell";

export function NotFoundPage() {
  return (
    <Shell>
      <NotFound />
    </Shell>
  );
}
