/**
 * Keeps the app's own shell, so that it opens without a network and says so. Nothing that anybody was shown is ever
 * in its cache: no answer of the API, no picture, no page of the server's but the empty shell.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

/** Put in by the server: a new build is a new worker with a cache of its own. */
const build = "__BUILD__";
const cacheName = `shell-${build}`;
const shell = "/offline/";
const assets = "/static/app/assets/";
/** Addresses of pages that are not the app's. */
const others = /^\/(admin|accounts|api|graphql|stream|previews|images|internal|static)(\/|$)/;

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  // Without cookies: the page is the same for everybody.
  const page = await fetch(shell, { credentials: "omit", cache: "reload" });
  if (!page.ok) throw new Error(`The shell cannot be had: ${page.status}`);
  const text = await page.clone().text();
  const files = [...text.matchAll(/(?:src|href)="(\/static\/app\/[^"]+)"/g)].map(([, path]) => path ?? "");
  await cache.put(shell, page);
  await cache.addAll(new Set(files));
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

async function page(event: FetchEvent): Promise<Response> {
  try {
    const begun: Response | undefined = await event.preloadResponse;
    return begun ?? (await fetch(event.request));
  } catch (fault) {
    const kept = await caches.match(shell);
    if (kept) return kept;
    throw fault;
  }
}

/** What carries a hash in its name never changes. */
async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate") {
    if (!others.test(url.pathname)) event.respondWith(page(event));
  } else if (url.pathname.startsWith(assets) && !request.headers.has("range")) {
    event.respondWith(asset(request));
  }
});
