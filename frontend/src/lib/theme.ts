export const themes = ["dark", "light", "system"] as const;
export type Theme = (typeof themes)[number];

const key = "theme";

/** A cinema is dark: that is what one gets until one asks for something else. */
export function chosenTheme(): Theme {
  const stored = localStorage.getItem(key);
  return themes.find((theme) => theme === stored) ?? "dark";
}

export function applyTheme(theme: Theme): void {
  const light =
    theme === "light" || (theme === "system" && matchMedia("(prefers-color-scheme: light)").matches);
  document.documentElement.dataset.theme = light ? "light" : "dark";
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", light ? "#f8f6f2" : "#0a0c11");
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  applyTheme(theme);
}
