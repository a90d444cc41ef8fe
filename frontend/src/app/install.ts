/** What makes the app installable and lets it open without a network; in the background, once the page is there. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const begin = () => {
    navigator.serviceWorker.register("/sw.js").catch((fault: unknown) => console.error(fault));
  };
  const soon = () => ("requestIdleCallback" in window ? requestIdleCallback(begin) : setTimeout(begin, 1000));
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
}

const key = "reloaded-for-code";

/**
 * A page's code that is gone, since a newer app has been put in its place: the page is loaded anew, once a minute at
 * most. Without a network nothing is; then the page says so.
 */
export function reloadForNewCode(): void {
  addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(key));
    if (!navigator.onLine || Date.now() - last < 60_000) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
