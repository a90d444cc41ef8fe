/**
 * Reads `{url, chrome, headers, throttling}` from stdin and writes what Lighthouse (mobile) says of that page to stdout:
 * the categories' scores out of 100, the metrics in milliseconds, and the audits that cost something.
 */
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const asked = JSON.parse(await new Response(process.stdin).text());
const chrome = await launch({
  chromePath: asked.chrome,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  logLevel: "silent",
});
try {
  const { lhr } = await lighthouse(asked.url, {
    port: chrome.port,
    logLevel: "error",
    output: "json",
    onlyCategories: ["performance", "accessibility", "best-practices"],
    formFactor: "mobile",
    throttlingMethod: asked.throttling ?? "simulate",
    extraHeaders: asked.headers,
  });
  const scores = Object.fromEntries(
    Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
  );
  const metrics = Object.fromEntries(
    [
      "first-contentful-paint",
      "largest-contentful-paint",
      "total-blocking-time",
      "cumulative-layout-shift",
      "speed-index",
    ].map((name) => [name, lhr.audits[name]?.numericValue ?? null]),
  );
  const faults = Object.values(lhr.audits)
    .filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== "informative")
    .map(({ id, title, score, displayValue, details }) => ({ id, title, score, displayValue, details }));
  process.stdout.write(
    JSON.stringify({ scores, metrics, faults, error: lhr.runtimeError ?? null, version: lhr.lighthouseVersion }),
  );
} finally {
  chrome.kill();
}
