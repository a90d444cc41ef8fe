import type { TitleCardFragment } from "@/gql/documents";
import type { Profile, Viewer } from "@/lib/graphql/queries";

export const ada: Profile = {
  id: "profile-ada",
  name: "Ada",
  avatar: "fox",
  isKids: false,
  maturityLimit: 18,
  language: "en",
  hasPin: false,
};

export const grandfather: Profile = { ...ada, id: "profile-grandfather", name: "Grandfather", hasPin: true };

export const mio: Profile = { ...ada, id: "profile-mio", name: "Mio", avatar: "bear", isKids: true };

export const household: Viewer = {
  id: "user-1",
  email: "ada@example.org",
  isStaff: false,
  plan: { name: "Standard", maxStreams: 2, maxHeight: 1080, maxProfiles: 5 },
  profiles: [ada, grandfather, mio],
  activeProfile: { id: ada.id, name: ada.name, avatar: ada.avatar, isKids: false },
};

export const film: TitleCardFragment = {
  __typename: "Movie",
  id: "title-1",
  slug: "big-buck-bunny",
  name: "Big Buck Bunny",
  year: 2008,
  maturityRating: "U",
  isPlayable: true,
  readiness: null,
  artwork: {
    posterUrl: "/images/poster.jpg",
    posterSrcset: null,
    backdropUrl: "/images/backdrop.jpg",
    blurhash: null,
  },
  inMyList: false,
  myRating: null,
};
