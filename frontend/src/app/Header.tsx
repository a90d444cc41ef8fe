import { Link } from "@tanstack/react-router";
import type { Viewer } from "@/lib/graphql/queries";
export function Header({ viewer }: { viewer: Viewer }) {
  return (
    <header>
      <Link to="/">{viewer.email}</Link>
    </header>
  );
}
