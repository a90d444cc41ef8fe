/** A file's name as a title might be called: "big_buck.bunny-2008.mp4" is "Big buck bunny 2008". */
export function nameFrom(fileName: string): string {
  const bare = fileName
    .replace(/\.[a-z0-9]{2,4}$/i, "")
    .replace(/[._-]+/g, " ")
    .trim();
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
