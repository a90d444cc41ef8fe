/** How wide pictures stand, for `sizes`: the numbers of cards of tokens.css, in the browser's own terms. */
export const posterSizes =
  "(min-width: 1700px) 12vw, (min-width: 1100px) 15.5vw, (min-width: 620px) 23vw, 41vw";
export const wideSizes = "(min-width: 1700px) 22vw, (min-width: 1100px) 29vw, (min-width: 620px) 41vw, 70vw";
export const stillSizes = "(min-width: 640px) 13rem, 8rem";
/** A wide picture in a tall box is cut, and so wider than the window; the server says the same (vod/pages/shell.py). */
export const fullSizes = "max(100vw, 80vh)";
export const previewSizes = "24rem";
