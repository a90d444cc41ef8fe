import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  type AnyRoute,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createQueryClient, type Viewer, viewerQuery } from "@/lib/graphql/queries";

interface Stage {
  /** The address the page stands at; its pattern is `path`. */
  at?: string;
  path?: string;
  viewer?: Viewer | null;
  /** Ids of the pathless routes around the page, outermost first, as the app has them. */
  within?: readonly string[];
}

/** Puts one page or component on a stage with words, answers and addresses, and nothing else of the app. */
export async function show(page: ReactNode, { at = "/", path = at, viewer = null, within = [] }: Stage = {}) {
  const client: QueryClient = createQueryClient(() => undefined);
  client.setDefaultOptions({ queries: { retry: false, staleTime: 60_000 } });
  client.setQueryData(viewerQuery.queryKey, viewer);
  const root = createRootRoute({ component: Outlet });
  const around: AnyRoute[] = [];
  for (const id of within) {
    const parent = around.at(-1) ?? root;
    const route = createRoute({ getParentRoute: () => parent, id });
    if (parent !== root) parent.addChildren([route]);
    around.push(route);
  }
  const inner: AnyRoute = around.at(-1) ?? root;
  const here = createRoute({ getParentRoute: () => inner, path, component: () => page });
  if (inner !== root) inner.addChildren([here]);
  const elsewhere = createRoute({ getParentRoute: () => root, path: "$", component: () => <p>elsewhere</p> });
  const router = createRouter({
    routeTree: root.addChildren([around[0] ?? here, elsewhere]),
    history: createMemoryHistory({ initialEntries: [at] }),
    defaultPendingMinMs: 0,
  });
  await router.load();
  const view = render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </I18nProvider>,
  );
  return { ...view, client, router };
}
