/** The installation's own name, put into the page by the server. */
export const siteName: string =
  document.querySelector<HTMLMetaElement>('meta[name="site-name"]')?.content || "Lantern";
