/** Where what a card knows of its title is kept until the title's own answer comes. */
export function cardKey(profile: string, slug: string): readonly string[] {
  return [profile, "card", slug];
}
