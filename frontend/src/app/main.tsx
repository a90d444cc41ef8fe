import "@/styles/app.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { activateLanguage, rememberedLanguage, wantedLanguages } from "@/lib/i18n";
import { listenToRemote } from "@/lib/television/television";
import { applyTheme, chosenTheme } from "@/lib/theme";
import { keepShell, reloadForNewCode } from "./install";
import { queryClient, router } from "./router";

reloadForNewCode();
listenToRemote();
applyTheme(chosenTheme());
// The words come while the page asks who is here, so that neither waits for the other.
const words = activateLanguage(wantedLanguages(rememberedLanguage()));
router.load().catch(() => undefined);
await words;

const root = document.getElementById("root");
// What the server has put there stays until there is a page to put in its place.
if (root?.firstElementChild) await router.load();
if (root) {
  const app = (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>
  );
  // In slices, so that a press is answered while a long page is drawn for the first time.
  startTransition(() => createRoot(root).render(app));
}
keepShell();
