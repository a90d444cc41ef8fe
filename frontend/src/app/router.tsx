import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { parseFilters } from "@/features/browse/filters";
import { continueQuery, homeQuery } from "@/features/home/query";
import { createQueryClient, profileKey, viewerQuery } from "@/lib/graphql/queries";
import { forgetWhoIsHere } from "@/lib/session";
import { titleQuery } from "@/lib/titles";
import { FailedPage } from "./FailedPage";
import { NotFoundPage } from "./NotFoundPage";
import { PendingPage } from "./PendingPage";
import { Root } from "./Root";
import { Shell } from "./Shell";
import { nextSearch } from "./search";

interface Context {
  client: QueryClient;
}

/** Where one has to go first; the place one was on the way to is kept in `next`. */
export const queryClient = createQueryClient((code) => {
  const here = router.state.location;
  if (/^\/(login|signup|profiles|reset-password|verify-email)(\/|$)/.test(here.pathname)) return;
  forgetWhoIsHere(queryClient, code === "UNAUTHENTICATED");
  const to = code === "UNAUTHENTICATED" ? "/login" : "/profiles";
  void router.navigate({ to, search: { next: here.href }, replace: true });
});

const rootRoute = createRootRouteWithContext<Context>()({ component: Root, notFoundComponent: NotFoundPage });

const path = <Path extends string>(value: Path) => ({ getParentRoute: () => rootRoute, path: value });

async function requireViewer(client: QueryClient, next: string) {
  const viewer = await client.ensureQueryData(viewerQuery);
  if (!viewer) throw redirect({ to: "/login", search: { next } });
  return viewer;
}

/** Pages within the shell: header, main, foot. */
const shell = createRoute({ getParentRoute: () => rootRoute, id: "shell", component: Shell });

/** Pages for somebody who has said which profile is watching. Operators see everything without one. */
const member = createRoute({
  getParentRoute: () => shell,
  id: "member",
  beforeLoad: async ({ context, location }) => {
    const viewer = await requireViewer(context.client, location.href);
    if (!viewer.activeProfile && !viewer.isStaff)
      throw redirect({ to: "/profiles", search: { next: location.href } });
  },
});

const loadFrontDoor = () => import("./FrontDoor");

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: async ({ context }) => {
    // Begun now, so that it comes while we ask who is here.
    void loadFrontDoor();
    const viewer = await context.client.ensureQueryData(viewerQuery);
    if (viewer && !viewer.activeProfile && !viewer.isStaff) throw redirect({ to: "/profiles", search: {} });
  },
  // Asked while the page's code is on its way; the page takes it from the query client, errors and all.
  loader: ({ context }) => {
    const viewer = context.client.getQueryData(viewerQuery.queryKey);
    if (!viewer) return;
    void context.client.prefetchQuery(homeQuery(profileKey(viewer)));
    if (viewer.activeProfile) void context.client.prefetchQuery(continueQuery(profileKey(viewer)));
  },
  component: lazyRouteComponent(loadFrontDoor, "FrontDoor"),
});

const title = createRoute({
  getParentRoute: () => member,
  path: "/title/$slug",
  // Also when a pointer rests on a card: then the page is there at the press.
  loader: ({ context, params }) => {
    const viewer = context.client.getQueryData(viewerQuery.queryKey);
    void context.client.prefetchQuery(titleQuery(profileKey(viewer), params.slug));
  },
  component: lazyRouteComponent(() => import("@/features/title/TitlePage"), "TitlePage"),
});

const browse = createRoute({
  getParentRoute: () => member,
  path: "/browse",
  validateSearch: parseFilters,
  component: lazyRouteComponent(() => import("@/features/browse/BrowsePage"), "BrowsePage"),
});

/** What a genre's address was before there were filters. */
const genre = createRoute({
  getParentRoute: () => member,
  path: "/genre/$slug",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/browse", search: { genre: params.slug }, replace: true });
  },
});

const person = createRoute({
  getParentRoute: () => member,
  path: "/person/$id",
  component: lazyRouteComponent(() => import("@/features/person/PersonPage"), "PersonPage"),
});

const collection = createRoute({
  getParentRoute: () => member,
  path: "/collection/$slug",
  component: lazyRouteComponent(() => import("@/features/collection/CollectionPage"), "CollectionPage"),
});

const history = createRoute({
  getParentRoute: () => member,
  path: "/history",
  component: lazyRouteComponent(() => import("@/features/history/HistoryPage"), "HistoryPage"),
});

const search = createRoute({
  getParentRoute: () => member,
  path: "/search",
  validateSearch: (raw: Record<string, unknown>): { q?: string } =>
    typeof raw.q === "string" && raw.q ? { q: raw.q } : {},
  component: lazyRouteComponent(() => import("@/features/search/SearchPage"), "SearchPage"),
});

const myList = createRoute({
  getParentRoute: () => member,
  path: "/my-list",
  component: lazyRouteComponent(() => import("@/features/mylist/MyListPage"), "MyListPage"),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: "/account",
  beforeLoad: ({ context, location }) => requireViewer(context.client, location.href),
  component: lazyRouteComponent(() => import("@/features/account/AccountFrame"), "AccountFrame"),
});

const accountPages = account.addChildren([
  createRoute({
    getParentRoute: () => account,
    path: "/",
    component: lazyRouteComponent(() => import("@/features/account/AccountPage"), "AccountPage"),
  }),
  createRoute({
    getParentRoute: () => account,
    path: "/watching",
    component: lazyRouteComponent(() => import("@/features/account/WatchingPage"), "WatchingPage"),
  }),
  createRoute({
    getParentRoute: () => account,
    path: "/devices",
    component: lazyRouteComponent(() => import("@/features/account/DevicesPage"), "DevicesPage"),
  }),
  createRoute({
    getParentRoute: () => account,
    path: "/security",
    component: lazyRouteComponent(() => import("@/features/account/SecurityPage"), "SecurityPage"),
  }),
  createRoute({
    getParentRoute: () => account,
    path: "/data",
    component: lazyRouteComponent(() => import("@/features/account/DataPage"), "DataPage"),
  }),
]);

const studio = createRoute({
  getParentRoute: () => shell,
  path: "/studio",
  beforeLoad: async ({ context, location }) => {
    const viewer = await requireViewer(context.client, location.href);
    if (!viewer.isStaff) throw redirect({ to: "/" });
  },
  component: lazyRouteComponent(() => import("@/features/studio/StudioPage"), "StudioPage"),
});

const watch = createRoute({
  ...path("/watch/$videoId"),
  // Where to begin, in seconds: of a chapter. Without, where one stopped.
  validateSearch: (raw: Record<string, unknown>): { t?: number } => {
    const t = Number(raw.t);
    return raw.t !== undefined && Number.isFinite(t) && t >= 0 ? { t } : {};
  },
  beforeLoad: async ({ context, location }) => {
    const viewer = await requireViewer(context.client, location.href);
    if (!viewer.activeProfile && !viewer.isStaff)
      throw redirect({ to: "/profiles", search: { next: location.href } });
  },
  component: lazyRouteComponent(() => import("@/features/watch/WatchPage"), "WatchPage"),
});

const profiles = createRoute({
  ...path("/profiles"),
  validateSearch: nextSearch,
  beforeLoad: ({ context, location }) => requireViewer(context.client, location.href),
  component: lazyRouteComponent(() => import("@/features/profiles/ProfilesPage"), "ProfilesPage"),
});

const manageProfiles = createRoute({
  ...path("/profiles/manage"),
  beforeLoad: ({ context, location }) => requireViewer(context.client, location.href),
  component: lazyRouteComponent(() => import("@/features/profiles/ManageProfilesPage"), "ManageProfilesPage"),
});

const newProfile = createRoute({
  ...path("/profiles/new"),
  beforeLoad: ({ context, location }) => requireViewer(context.client, location.href),
  component: lazyRouteComponent(() => import("@/features/profiles/NewProfilePage"), "NewProfilePage"),
});

const editProfile = createRoute({
  ...path("/profiles/$profileId"),
  beforeLoad: ({ context, location }) => requireViewer(context.client, location.href),
  component: lazyRouteComponent(() => import("@/features/profiles/EditProfilePage"), "EditProfilePage"),
});

const login = createRoute({
  ...path("/login"),
  validateSearch: (raw: Record<string, unknown>): { next?: string; from?: "provider" } => ({
    ...nextSearch(raw),
    ...(raw.from === "provider" && { from: "provider" }),
  }),
  component: lazyRouteComponent(() => import("@/features/auth/SignInPage"), "SignInPage"),
});

const signup = createRoute({
  ...path("/signup"),
  validateSearch: nextSearch,
  component: lazyRouteComponent(() => import("@/features/auth/SignUpPage"), "SignUpPage"),
});

const resetRequest = createRoute({
  ...path("/reset-password"),
  component: lazyRouteComponent(() => import("@/features/auth/ResetRequestPage"), "ResetRequestPage"),
});

const reset = createRoute({
  ...path("/reset-password/$key"),
  component: lazyRouteComponent(() => import("@/features/auth/ResetPage"), "ResetPage"),
});

const verifyEmail = createRoute({
  ...path("/verify-email/$key"),
  component: lazyRouteComponent(() => import("@/features/auth/VerifyEmailPage"), "VerifyEmailPage"),
});

const device = createRoute({
  ...path("/device"),
  validateSearch: (raw: Record<string, unknown>): { user_code?: string } =>
    typeof raw.user_code === "string" ? { user_code: raw.user_code } : {},
  beforeLoad: ({ context, location }) => requireViewer(context.client, location.href),
  component: lazyRouteComponent(() => import("@/features/auth/DevicePage"), "DevicePage"),
});

export const routeTree = rootRoute.addChildren([
  shell.addChildren([
    home,
    member.addChildren([title, browse, genre, person, collection, search, myList, history]),
    accountPages,
    studio,
  ]),
  watch,
  profiles,
  manageProfiles,
  newProfile,
  editProfile,
  login,
  signup,
  resetRequest,
  reset,
  verifyEmail,
  device,
]);

export const router = createRouter({
  routeTree,
  context: { client: queryClient },
  defaultPreload: "intent",
  // The answers are kept by the query client; the router need not keep them too.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: FailedPage,
  defaultPendingComponent: PendingPage,
  defaultPendingMs: 300,
  defaultPendingMinMs: 0,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
