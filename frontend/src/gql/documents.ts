// Made by `npm run codegen` from the schema and the documents beside this file; never edited by hand.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** The two kinds of title. */
export type TitleKind =
  /** One film. */
  | 'MOVIE'
  /** Seasons of episodes. */
  | 'SERIES';

/** What a video is. */
export type VideoKind =
  /** The film itself. */
  | 'FEATURE'
  /** An episode of a series. */
  | 'EPISODE'
  /** A trailer. */
  | 'TRAILER'
  /** Something beside the film. */
  | 'EXTRA';

/** What a marked stretch of a video is. */
export type MarkerKind =
  /** The opening. */
  | 'INTRO'
  /** What happened before. */
  | 'RECAP'
  /** The credits at the end. */
  | 'CREDITS';

/** Whom subtitles are for. */
export type SubtitleKind =
  /** For those who do not know the language. */
  | 'SUBTITLES'
  /** For those who do not hear it: with sounds. */
  | 'CAPTIONS'
  /** Only what is foreign in the film itself. */
  | 'FORCED';

/** What a profile thinks of a title. */
export type RatingValue =
  /** Not for me. */
  | 'DOWN'
  /** I like this. */
  | 'UP'
  /** I love this. */
  | 'LOVE';

/** The letters of subtitles. */
export type CaptionFont =
  /** Plain letters of different widths. */
  | 'SANS'
  /** Letters with serifs, of different widths. */
  | 'SERIF'
  /** Plain letters of one width. */
  | 'MONOSPACE'
  /** Letters with serifs, of one width. */
  | 'MONOSPACE_SERIF'
  /** Letters as one prints by hand. */
  | 'CASUAL'
  /** Letters as one writes by hand. */
  | 'SCRIPT'
  /** Capitals of two sizes. */
  | 'SMALL_CAPITALS';

/** How letters stand out from the picture. */
export type CaptionEdge =
  /** They do not. */
  | 'NONE'
  /** A line all around. */
  | 'OUTLINE'
  /** A shadow below. */
  | 'SHADOW'
  /** Lit as if they stood above it. */
  | 'RAISED'
  /** Lit as if they were cut into it. */
  | 'DEPRESSED';

/** What a token is good for. */
export type Scope =
  /** To read what the account may see, and to choose the profile that the token reads as. */
  | 'READ'
  /** To read, to play, and to write what a profile keeps: positions, lists, ratings. */
  | 'WATCH'
  /** To read, and to run the library: its titles, artwork, films and uploads. */
  | 'OPERATE';

/** How far an asset is. */
export type AssetState =
  /** Here, and waiting to be looked at. */
  | 'UPLOADED'
  /** Being looked at. */
  | 'PROBING'
  /** Being made. */
  | 'ENCODING'
  /** Can be watched while the rest is made; no viewer catches up with it. */
  | 'PLAYABLE'
  /** Whole. */
  | 'READY'
  /** Cannot be made; failure says why. */
  | 'FAILED'
  /** Called off by an operator; the source is still there. */
  | 'CANCELLED';

/** Why a film cannot be made. */
export type AssetFailureCode =
  /** The file is no video. */
  | 'NOT_A_VIDEO'
  /** There is no picture in it. */
  | 'NO_VIDEO_TRACK'
  /** A kind of file that is not taken. */
  | 'UNSUPPORTED_CONTAINER'
  /** Its picture is coded in a way that is not taken. */
  | 'UNSUPPORTED_CODEC'
  /** It is encrypted. */
  | 'ENCRYPTED'
  /** It ends before it should: part of the file is missing. */
  | 'TRUNCATED'
  /** Too much of it cannot be decoded. */
  | 'CORRUPT'
  /** Its picture is larger than is taken. */
  | 'RESOLUTION_LIMIT'
  /** It is longer than is taken. */
  | 'DURATION_LIMIT'
  /** The file is larger than is taken. */
  | 'SIZE_LIMIT'
  /** Working on it takes more memory or disk than one film may have. */
  | 'RESOURCE_LIMIT'
  /** Working on it took longer than one film may take. */
  | 'TIMEOUT'
  /** The encoder failed; trying again can help. */
  | 'ENCODER_FAILED'
  /** What was made did not pass its examination; trying again can help. */
  | 'VERIFY_FAILED'
  /** What was made could not be stored; trying again can help. */
  | 'STORAGE_FAILED'
  /** The uploaded file is not where it was; upload it again. */
  | 'SOURCE_MISSING'
  /** This machine cannot lock its tools up, and works on nothing without. */
  | 'SANDBOX_UNAVAILABLE'
  /** This machine lacks a tool. */
  | 'TOOLS_MISSING'
  /** An operator called it off. */
  | 'CANCELLED'
  /** Our fault; the server's log knows more. */
  | 'INTERNAL';

/** What a rendition carries. */
export type RenditionKind =
  /** The picture at one height. */
  | 'VIDEO'
  /** One sound track. */
  | 'AUDIO'
  /** One track of subtitles. */
  | 'SUBTITLES'
  /** Thumbnails along the film. */
  | 'STORYBOARD'
  /** Key frames alone, for fast winding. */
  | 'IFRAMES';

/** How far a rendition is. */
export type RenditionState =
  /** Nothing of it is made. */
  | 'WAITING'
  /** Some of it is made. */
  | 'ENCODING'
  /** Whole. */
  | 'READY';

/** What a row of the home page is. */
export type HomeRowKind =
  /** What the profile has begun. */
  | 'CONTINUE_WATCHING'
  /** What the profile has put on its list. */
  | 'MY_LIST'
  /** What came into the library last. */
  | 'NEW'
  /** Series, the newest first. */
  | 'SERIES'
  /** One genre. */
  | 'GENRE'
  /** What people watch these days. */
  | 'TRENDING'
  /** The ten most watched. */
  | 'TOP_TEN'
  /** Close to something that the profile has watched. */
  | 'BECAUSE_YOU_WATCHED'
  /** Put together by an editor. */
  | 'COLLECTION';

/** Narrows a list of titles down; what is left out does not matter. */
export type TitleFilter = {
  /** Movies or series only. */
  kind?: TitleKind | null | undefined;
  /** The slug of a genre. */
  genre?: string | null | undefined;
  /** The earliest year of release. */
  yearFrom?: number | null | undefined;
  /** The latest year of release. */
  yearTo?: number | null | undefined;
  /** The original language, as a BCP 47 tag or its first part. */
  language?: string | null | undefined;
};

/** How a list of titles is ordered. */
export type TitleOrder =
  /** What came into the library last goes first. */
  | 'NEWEST'
  /** What came into the library first goes first. */
  | 'OLDEST'
  /** By name, without regard to case and accents. */
  | 'NAME'
  /** The latest year of release first; titles without a year last. */
  | 'YEAR'
  /** The earliest year of release first; titles without a year before it. */
  | 'YEAR_ASCENDING';

/** Codes of AccountError. */
export type AccountErrorCode =
  /** Nobody is signed in, or the token is dead. */
  | 'UNAUTHENTICATED'
  /** Not for this profile or token; the message says which is needed. */
  | 'FORBIDDEN'
  /** There is no such thing in this account. */
  | 'NOT_FOUND'
  /** The value of `field` is of no use. */
  | 'INVALID'
  /** There is an account of that address. */
  | 'EMAIL_TAKEN'
  /** Accounts are made by invitation, and this is none that is good. */
  | 'INVITATION_REQUIRED'
  /** Too easily guessed; the message says why. */
  | 'WEAK_PASSWORD'
  /** Address, password or code is wrong; which one is not said. */
  | 'WRONG_CREDENTIALS'
  /** Send the same again with `code`. */
  | 'SECOND_FACTOR_REQUIRED'
  /** Follow the link in the mail first; another one has been sent. */
  | 'EMAIL_UNVERIFIED'
  /** Wait as long as the message says. */
  | 'TOO_MANY_ATTEMPTS'
  /** The household has a profile of that name. */
  | 'NAME_TAKEN'
  /** The household has as many profiles as it may. */
  | 'TOO_MANY_PROFILES'
  /** The account has as many live tokens as it may; revoke one. */
  | 'TOO_MANY_TOKENS'
  /** Send the profile's PIN. */
  | 'PIN_REQUIRED'
  /** That is not the profile's PIN. */
  | 'WRONG_PIN';

/** A new account. */
export type SignUpInput = {
  /** The address to sign in with. */
  email: string;
  /** At least ten characters. */
  password: string;
  /** The secret of an invitation, where accounts are made by invitation. */
  invitation?: string | null | undefined;
  /** TOKEN if left out. */
  transport?: Transport | null | undefined;
};

/** How a sign-in is remembered. */
export type Transport =
  /** A bearer token in the answer; no cookie. */
  | 'TOKEN'
  /** The session cookie; no token. */
  | 'COOKIE';

/** An account's address and password. */
export type SignInInput = {
  /** The account's address. */
  email: string;
  /** Its password. */
  password: string;
  /** The second factor's code, or a recovery code; ignored where the account has none. */
  code?: string | null | undefined;
  /** TOKEN if left out. */
  transport?: Transport | null | undefined;
};

/** A new profile; only the name is needed. */
export type CreateProfileInput = {
  /** The language to hear (BCP 47); null: the one that the film was made in. */
  audioLanguage?: string | null | undefined;
  /** Whether to prefer sound that describes the picture. */
  audioDescription?: boolean | null | undefined;
  /** The language of subtitles (BCP 47); null: none. */
  subtitleLanguage?: string | null | undefined;
  /** Whether to prefer subtitles for the deaf and hard of hearing. */
  subtitlesDescribeSound?: boolean | null | undefined;
  /** The looks of subtitles; null: the usual ones again. */
  captionStyle?: CaptionStyleInput | null | undefined;
  /** Whether the next episode begins by itself. */
  autoplayNext?: boolean | null | undefined;
  /** Whether previews play by themselves. */
  autoplayPreviews?: boolean | null | undefined;
  /** At most 40 letters; differs from the others'. */
  name: string;
  /** The name of a picture. */
  avatar?: string | null | undefined;
  /** Whether it is a child's profile. */
  isKids?: boolean | null | undefined;
  /** An age in years; null: no limit. A child's is 7 if left out, and at most 12. */
  maturityLimit?: number | null | undefined;
  /** The language that the person reads (BCP 47). */
  language?: string | null | undefined;
  /** Four digits to ask for before the profile is used. */
  pin?: string | null | undefined;
};

/** Changes to the looks of subtitles: what is left out stays, null is the usual look of that part. */
export type CaptionStyleInput = {
  /** The letters. */
  font?: CaptionFont | null | undefined;
  /** Per cent of the usual size: 50 to 300. */
  sizePercent?: number | null | undefined;
  /** Of the letters, as #rrggbb. */
  color?: string | null | undefined;
  /** Of the letters, 0 to 100. */
  opacityPercent?: number | null | undefined;
  /** How letters stand out. */
  edge?: CaptionEdge | null | undefined;
  /** Behind each line, as #rrggbb. */
  backgroundColor?: string | null | undefined;
  /** Of the background, 0 to 100. */
  backgroundOpacityPercent?: number | null | undefined;
  /** Behind all lines, as #rrggbb. */
  windowColor?: string | null | undefined;
  /** Of the window, 0 to 100. */
  windowOpacityPercent?: number | null | undefined;
};

/** What to change; what is left out stays. */
export type UpdateProfileInput = {
  /** The language to hear (BCP 47); null: the one that the film was made in. */
  audioLanguage?: string | null | undefined;
  /** Whether to prefer sound that describes the picture. */
  audioDescription?: boolean | null | undefined;
  /** The language of subtitles (BCP 47); null: none. */
  subtitleLanguage?: string | null | undefined;
  /** Whether to prefer subtitles for the deaf and hard of hearing. */
  subtitlesDescribeSound?: boolean | null | undefined;
  /** The looks of subtitles; null: the usual ones again. */
  captionStyle?: CaptionStyleInput | null | undefined;
  /** Whether the next episode begins by itself. */
  autoplayNext?: boolean | null | undefined;
  /** Whether previews play by themselves. */
  autoplayPreviews?: boolean | null | undefined;
  /** The profile to change. */
  profileId: string | number;
  /** At most 40 letters; differs from the others'. */
  name?: string | null | undefined;
  /** The name of a picture. */
  avatar?: string | null | undefined;
  /** Whether it is a child's profile. */
  isKids?: boolean | null | undefined;
  /** An age in years; null takes the limit away. A child's is at most 12. */
  maturityLimit?: number | null | undefined;
  /** The language that the person reads (BCP 47). */
  language?: string | null | undefined;
  /** Four digits; null takes the PIN away. */
  pin?: string | null | undefined;
};

/** The profile to delete. */
export type DeleteProfileInput = {
  /** The profile to delete. */
  profileId: string | number;
};

/** The profile to watch as. */
export type ActivateProfileInput = {
  /** The profile to watch as. */
  profileId: string | number;
  /** Its PIN, where it has one. */
  pin?: string | null | undefined;
};

/** A code. */
export type ReviewDeviceInput = {
  /** The code on its screen; dashes and case do not matter. */
  userCode: string;
};

/** A code, and what becomes of its device. */
export type DecideDeviceInput = {
  /** The code on its screen; dashes and case do not matter. */
  userCode: string;
  /** Whether the device may sign in. */
  allow: boolean;
};

/** The token to kill. */
export type RevokeTokenInput = {
  /** The token to kill. */
  tokenId: string | number;
};

/** Who asks, once more. */
export type ExportAccountInput = {
  /** The account's password; may be left out where it has none and has just signed in. */
  password?: string | null | undefined;
};

/** Who asks, once more. */
export type EraseAccountInput = {
  /** The account's password; may be left out where it has none and has just signed in. */
  password?: string | null | undefined;
};

/** Codes of AssetError. */
export type AssetErrorCode =
  /** Nobody is signed in, or the token is dead. */
  | 'UNAUTHENTICATED'
  /** For operators, with a token that has OPERATE. */
  | 'FORBIDDEN'
  /** There is no such asset. */
  | 'NOT_FOUND'
  /** Not while the asset is in the state that it is in. */
  | 'INVALID_STATE';

/** An asset to do something with. */
export type AssetActionInput = {
  /** The asset's global id. */
  assetId: string | number;
};

/** Codes of CatalogError. */
export type CatalogErrorCode =
  /** Nobody is signed in, or the token is dead. */
  | 'UNAUTHENTICATED'
  /** For operators, with a token that has OPERATE. */
  | 'FORBIDDEN'
  /** There is nothing of that id that `field` can name. */
  | 'NOT_FOUND'
  /** `field` may not be empty. */
  | 'REQUIRED'
  /** The value of `field` is of no use; the message says what is. */
  | 'INVALID'
  /** There is one of that name or number already, or the list names one twice. */
  | 'DUPLICATE'
  /** A number, time or length is beyond what is possible. */
  | 'OUT_OF_RANGE'
  /** Two of the list cover the same time. */
  | 'OVERLAP'
  /** The film failed or was cancelled; try it again, or take another. */
  | 'ASSET_FAILED'
  /** The video has no film that can be used yet. */
  | 'NO_FILM'
  /** The upload is no picture of a known kind. */
  | 'NOT_A_PICTURE'
  /** The upload is no SRT, WebVTT, ASS or TTML. */
  | 'NOT_SUBTITLES'
  /** The upload has more bytes or pixels than such a thing may have. */
  | 'TOO_LARGE';

/** What is known of the film; everything but the name can come later. */
export type CreateMovieInput = {
  /** The year of release. */
  year?: number | null | undefined;
  /** What it is about. */
  synopsis?: string | null | undefined;
  /** A rating of a known system, such as U, 12A or TV-MA. */
  maturityRating?: string | null | undefined;
  /** Genres by slug or name; new ones are made. */
  genres?: Array<string> | null | undefined;
  /** What it is called where it was made. */
  originalName?: string | null | undefined;
  /** The BCP 47 tag of its language. */
  originalLanguage?: string | null | undefined;
  /** Tags by slug or name; new ones are made. */
  tags?: Array<string> | null | undefined;
  /** Where it was made: ISO 3166-1 codes of two letters, in their order. */
  countries?: Array<string> | null | undefined;
  /** What is spoken in it: BCP 47 tags, in their order. */
  languages?: Array<string> | null | undefined;
  /** Whether it may stand large on the home page. */
  isFeatured?: boolean | null | undefined;
  /** What it is called. */
  name: string;
};

/** What is known of the series; everything but the name can come later. */
export type CreateSeriesInput = {
  /** The year of release. */
  year?: number | null | undefined;
  /** What it is about. */
  synopsis?: string | null | undefined;
  /** A rating of a known system, such as U, 12A or TV-MA. */
  maturityRating?: string | null | undefined;
  /** Genres by slug or name; new ones are made. */
  genres?: Array<string> | null | undefined;
  /** What it is called where it was made. */
  originalName?: string | null | undefined;
  /** The BCP 47 tag of its language. */
  originalLanguage?: string | null | undefined;
  /** Tags by slug or name; new ones are made. */
  tags?: Array<string> | null | undefined;
  /** Where it was made: ISO 3166-1 codes of two letters, in their order. */
  countries?: Array<string> | null | undefined;
  /** What is spoken in it: BCP 47 tags, in their order. */
  languages?: Array<string> | null | undefined;
  /** Whether it may stand large on the home page. */
  isFeatured?: boolean | null | undefined;
  /** What it is called. */
  name: string;
};

/** The series, and what is known of the episode. */
export type CreateEpisodeInput = {
  /** The series. */
  seriesId: string | number;
  /** The season; 0 holds specials. */
  seasonNumber: number;
  /** The episode's number in its season. */
  number: number;
  /** What it is called. */
  name: string;
  /** What it is about. */
  synopsis?: string | null | undefined;
  /** What the season is called, where it is new. */
  seasonName?: string | null | undefined;
};

/** The title and its window. */
export type PublishTitleInput = {
  /** The title. */
  titleId: string | number;
  /** From when it can be seen; now where left out. */
  availableFrom?: string | null | undefined;
  /** Until when; for good where left out. */
  availableUntil?: string | null | undefined;
};

/** The video and the film. */
export type AttachAssetInput = {
  /** The video. */
  videoId: string | number;
  /** The film, an asset of the factory. */
  assetId: string | number;
};

/** Codes of PlaybackError. */
export type PlaybackErrorCode =
  /** Nobody is signed in, or the token is dead. */
  | 'UNAUTHENTICATED'
  /** Not with this token: it lacks WATCH. */
  | 'FORBIDDEN'
  /** Choose a profile first, by `activateProfile`. */
  | 'PROFILE_REQUIRED'
  /** There is no such thing that this profile may see. */
  | 'NOT_FOUND'
  /** Its film is not made yet. */
  | 'NOT_PLAYABLE'
  /** The plan's places are taken; `conflicts` says by whom. */
  | 'STREAM_LIMIT'
  /** This stream is over; start another. */
  | 'SESSION_ENDED'
  /** The value of `field` is of no use. */
  | 'INVALID';

/** Input of startPlayback. */
export type StartPlaybackInput = {
  /** What to watch. */
  videoId: string | number;
  /** What people call this device. */
  deviceName: string;
  /** The same for each start on one device, which then replaces its own stream. */
  deviceId?: string | null | undefined;
};

/** Input of heartbeat. */
export type HeartbeatInput = {
  /** The stream. */
  sessionId: string | number;
  /** Seconds from the start. */
  positionSeconds: number;
  /** What the player is doing; playing if left out. */
  state?: PlaybackState | null | undefined;
};

/** What a player is doing. */
export type PlaybackState =
  /** The film runs. */
  | 'PLAYING'
  /** It stands still because somebody wants it to. */
  | 'PAUSED'
  /** It stands still because data has not arrived. */
  | 'BUFFERING';

/** Input of stopPlayback. */
export type StopPlaybackInput = {
  /** The stream: a session's id or a conflict's. */
  sessionId: string | number;
  /** Where it stopped; kept if the stream was the active profile's own. */
  positionSeconds?: number | null | undefined;
};

/** A title to put on the active profile's list, or to take off it. */
export type MyListInput = {
  /** The title. */
  titleId: string | number;
};

/** Input of rateTitle. */
export type RateTitleInput = {
  /** The title. */
  titleId: string | number;
  /** Null takes the rating back. */
  rating?: RatingValue | null | undefined;
};

export type ProfileFactsFragment = { id: string, name: string, avatar: string, isKids: boolean, maturityLimit: number | null, language: string, hasPin: boolean };

export type WatchingChoicesFragment = { id: string, audioLanguage: string | null, audioDescription: boolean, subtitleLanguage: string | null, subtitlesDescribeSound: boolean, autoplayNext: boolean, autoplayPreviews: boolean, captionStyle: { font: CaptionFont, sizePercent: number, color: string, opacityPercent: number, edge: CaptionEdge, backgroundColor: string, backgroundOpacityPercent: number, windowColor: string, windowOpacityPercent: number } };

export type WatchingQueryVariables = Exact<{ [key: string]: never; }>;


export type WatchingQuery = { viewer: { id: string, activeProfile: WatchingChoicesFragment | null } | null };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { updateProfile: { profile: (
      ProfileFactsFragment
      & WatchingChoicesFragment
    ) | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type DeleteProfileMutationVariables = Exact<{
  input: DeleteProfileInput;
}>;


export type DeleteProfileMutation = { deleteProfile: { deletedProfileId: string | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type TokensQueryVariables = Exact<{ [key: string]: never; }>;


export type TokensQuery = { viewer: { id: string, tokens: { edges: Array<{ node: { id: string, name: string, scopes: Array<Scope> | null, createdAt: string, expiresAt: string, isCurrent: boolean } | null } | null> } | null } | null };

export type RevokeTokenMutationVariables = Exact<{
  input: RevokeTokenInput;
}>;


export type RevokeTokenMutation = { revokeToken: { errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type ReviewDeviceMutationVariables = Exact<{
  input: ReviewDeviceInput;
}>;


export type ReviewDeviceMutation = { reviewDevice: { device: { name: string, address: string, scopes: Array<Scope> | null, createdAt: string, expiresAt: string } | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type DecideDeviceMutationVariables = Exact<{
  input: DecideDeviceInput;
}>;


export type DecideDeviceMutation = { decideDevice: { device: { name: string } | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type ErasureQueryVariables = Exact<{ [key: string]: never; }>;


export type ErasureQuery = { viewer: { id: string, erasesAt: string | null } | null };

export type ExportAccountMutationVariables = Exact<{
  input: ExportAccountInput;
}>;


export type ExportAccountMutation = { exportAccount: { url: string | null, expiresAt: string | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type EraseAccountMutationVariables = Exact<{
  input: EraseAccountInput;
}>;


export type EraseAccountMutation = { eraseAccount: { erasesAt: string | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type KeepAccountMutationVariables = Exact<{ [key: string]: never; }>;


export type KeepAccountMutation = { keepAccount: { viewer: { id: string, erasesAt: string | null } | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type RowTitlesQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type RowTitlesQuery = { node:
    | { id: string, titles: { edges: Array<{ node:
            | TitleCard_Movie_Fragment
            | TitleCard_Series_Fragment
           }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
    | Record<PropertyKey, never>
   | null };

export type SeasonEpisodesQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type SeasonEpisodesQuery = { node:
    | { id: string, episodes: { edges: Array<{ node: EpisodeFactsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
    | Record<PropertyKey, never>
   | null };

export type PersonPageQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type PersonPageQuery = { node:
    | { id: string, name: string, credits: { totalCount: number, edges: Array<{ node: { role: string, character: string | null, title:
              | TitleCard_Movie_Fragment
              | TitleCard_Series_Fragment
             } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
    | Record<PropertyKey, never>
   | null };

export type CollectionPageQueryVariables = Exact<{
  slug: string;
  after?: string | null | undefined;
}>;


export type CollectionPageQuery = { collection: { id: string, slug: string, name: string, synopsis: string, titles: { totalCount: number, edges: Array<{ node:
          | TitleCard_Movie_Fragment
          | TitleCard_Series_Fragment
         }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type HistoryQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type HistoryQuery = { viewer: { activeProfile: { id: string, history: { edges: Array<{ node: { watchedAt: string, video: (
              { episode: { number: number, name: string, stillUrl: string | null, stillSrcset: string | null, stillBlurhash: string | null, season: { number: number } } | null }
              & PlayFactsFragment
            ), title:
              | (
                TitleCard_Movie_Fragment
                & WidePicture_Movie_Fragment
              )
              | (
                TitleCard_Series_Fragment
                & WidePicture_Series_Fragment
              )
             } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null };

export type SearchPeopleQueryVariables = Exact<{
  text: string;
}>;


export type SearchPeopleQuery = { search: { edges: Array<{ node:
        | { id: string, credits: { edges: Array<{ node: { role: string, person: { id: string, name: string } } }> } }
        | { id: string, credits: { edges: Array<{ node: { role: string, person: { id: string, name: string } } }> } }
       }> } };

type TitleCard_Movie_Fragment = { __typename: 'Movie', id: string, slug: string, name: string, year: number | null, maturityRating: string | null, isPlayable: boolean, readiness: number | null, inMyList: boolean, myRating: RatingValue | null, artwork: { posterUrl: string | null, posterSrcset: string | null, backdropUrl: string | null, blurhash: string | null } };

type TitleCard_Series_Fragment = { __typename: 'Series', id: string, slug: string, name: string, year: number | null, maturityRating: string | null, isPlayable: boolean, readiness: number | null, inMyList: boolean, myRating: RatingValue | null, artwork: { posterUrl: string | null, posterSrcset: string | null, backdropUrl: string | null, blurhash: string | null } };

export type TitleCardFragment =
  | TitleCard_Movie_Fragment
  | TitleCard_Series_Fragment
;

type WidePicture_Movie_Fragment = { artwork: { backdropUrl: string | null, backdropSrcset: string | null, backdropBlurhash: string | null } };

type WidePicture_Series_Fragment = { artwork: { backdropUrl: string | null, backdropSrcset: string | null, backdropBlurhash: string | null } };

export type WidePictureFragment =
  | WidePicture_Movie_Fragment
  | WidePicture_Series_Fragment
;

export type PlayFactsFragment = { id: string, durationSeconds: number | null, isPlayable: boolean, readiness: number | null, previewUrl: string | null, progress: { positionSeconds: number, completed: boolean, updatedAt: string } | null };

export type EpisodeFactsFragment = { id: string, number: number, name: string, synopsis: string, stillUrl: string | null, stillSrcset: string | null, stillBlurhash: string | null, video: PlayFactsFragment };

export type VideoFactsFragment = { id: string, kind: VideoKind, durationSeconds: number | null, isPlayable: boolean, readiness: number | null, previewUrl: string | null, progress: { positionSeconds: number, completed: boolean, updatedAt: string } | null, markers: Array<{ kind: MarkerKind, startSeconds: number, endSeconds: number }>, chapters: Array<{ title: string, startSeconds: number }>, audioTracks: Array<{ language: string, label: string, channels: number, isDefault: boolean, gainDb: number }>, subtitleTracks: Array<{ language: string, label: string, kind: SubtitleKind }> };

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { signUp: { viewer: { id: string, email: string } | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { viewer: { id: string, email: string } | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string, email: string, isStaff: boolean, plan: { name: string, maxStreams: number, maxHeight: number, maxProfiles: number } | null, profiles: Array<{ id: string, name: string, avatar: string, isKids: boolean, maturityLimit: number | null, language: string, hasPin: boolean }>, activeProfile: { id: string, name: string, avatar: string, isKids: boolean } | null } | null };

export type CreateProfileMutationVariables = Exact<{
  input: CreateProfileInput;
}>;


export type CreateProfileMutation = { createProfile: { profile: { id: string, name: string, isKids: boolean, maturityLimit: number | null, hasPin: boolean } | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type ActivateProfileMutationVariables = Exact<{
  input: ActivateProfileInput;
}>;


export type ActivateProfileMutation = { activateProfile: { profile: { id: string, name: string } | null, errors: Array<{ field: string | null, code: AccountErrorCode, message: string }> } | null };

export type HomeQueryVariables = Exact<{
  rows?: number | null | undefined;
  perRow?: number | null | undefined;
}>;


export type HomeQuery = { home: { hero:
      | (
        { synopsis: string, video: PlayFactsFragment, genres: Array<{ slug: string, name: string }> }
        & TitleCard_Movie_Fragment
        & WidePicture_Movie_Fragment
      )
      | (
        { seasonCount: number, synopsis: string, nextEpisode: { id: string, number: number, season: { number: number }, video: PlayFactsFragment } | null, genres: Array<{ slug: string, name: string }> }
        & TitleCard_Series_Fragment
        & WidePicture_Series_Fragment
      )
     | null, rows: { edges: Array<{ node: { id: string, kind: HomeRowKind, heading: string, titles: { edges: Array<{ node:
                | TitleCard_Movie_Fragment
                | TitleCard_Series_Fragment
               }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } }> } } };

export type BrowseQueryVariables = Exact<{
  filter?: TitleFilter | null | undefined;
  orderBy?: TitleOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrowseQuery = { titles: { totalCount: number, edges: Array<{ cursor: string, node:
        | TitleCard_Movie_Fragment
        | TitleCard_Series_Fragment
       }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type GenresQueryVariables = Exact<{ [key: string]: never; }>;


export type GenresQuery = { genres: Array<{ slug: string, name: string, titleCount: number }> };

export type TitlePageQueryVariables = Exact<{
  slug: string;
}>;


export type TitlePageQuery = { title:
    | (
      { synopsis: string, originalName: string | null, originalLanguage: string | null, countries: Array<string>, languages: Array<string>, availableUntil: string | null, video: VideoFactsFragment, genres: Array<{ slug: string, name: string }>, collections: Array<{ slug: string, name: string }>, credits: { edges: Array<{ node: { role: string, character: string | null, person: { id: string, name: string } } }> }, trailers: Array<(
        { kind: VideoKind, name: string }
        & PlayFactsFragment
      )>, similar: { edges: Array<{ node:
            | TitleCard_Movie_Fragment
            | TitleCard_Series_Fragment
           }> } }
      & TitleCard_Movie_Fragment
      & WidePicture_Movie_Fragment
    )
    | (
      { seasonCount: number, synopsis: string, originalName: string | null, originalLanguage: string | null, countries: Array<string>, languages: Array<string>, availableUntil: string | null, seasons: Array<{ id: string, number: number, name: string, episodes: { edges: Array<{ node: EpisodeFactsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }>, nextEpisode: { id: string, number: number, season: { number: number }, video: VideoFactsFragment } | null, genres: Array<{ slug: string, name: string }>, collections: Array<{ slug: string, name: string }>, credits: { edges: Array<{ node: { role: string, character: string | null, person: { id: string, name: string } } }> }, trailers: Array<(
        { kind: VideoKind, name: string }
        & PlayFactsFragment
      )>, similar: { edges: Array<{ node:
            | TitleCard_Movie_Fragment
            | TitleCard_Series_Fragment
           }> } }
      & TitleCard_Series_Fragment
      & WidePicture_Series_Fragment
    )
   | null };

export type SearchQueryVariables = Exact<{
  text: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SearchQuery = { search: { totalCount: number, edges: Array<{ node:
        | TitleCard_Movie_Fragment
        | TitleCard_Series_Fragment
       }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ContinueQueryVariables = Exact<{ [key: string]: never; }>;


export type ContinueQuery = { viewer: { activeProfile: { id: string, continueWatching: { edges: Array<{ node: { video: (
              { episode: { number: number, name: string, stillUrl: string | null, stillSrcset: string | null, stillBlurhash: string | null, season: { number: number } } | null }
              & PlayFactsFragment
            ), title:
              | (
                TitleCard_Movie_Fragment
                & WidePicture_Movie_Fragment
              )
              | (
                TitleCard_Series_Fragment
                & WidePicture_Series_Fragment
              )
             } }> } | null } | null } | null };

export type MyListQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyListQuery = { viewer: { activeProfile: { id: string, myList: { totalCount: number, edges: Array<{ node:
            | TitleCard_Movie_Fragment
            | TitleCard_Series_Fragment
           }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null };

export type AddToMyListMutationVariables = Exact<{
  input: MyListInput;
}>;


export type AddToMyListMutation = { addToMyList: { title:
      | { id: string, inMyList: boolean }
      | { id: string, inMyList: boolean }
     | null, errors: Array<{ field: string | null, code: PlaybackErrorCode, message: string }> } | null };

export type RemoveFromMyListMutationVariables = Exact<{
  input: MyListInput;
}>;


export type RemoveFromMyListMutation = { removeFromMyList: { title:
      | { id: string, inMyList: boolean }
      | { id: string, inMyList: boolean }
     | null, errors: Array<{ field: string | null, code: PlaybackErrorCode, message: string }> } | null };

export type RateTitleMutationVariables = Exact<{
  input: RateTitleInput;
}>;


export type RateTitleMutation = { rateTitle: { title:
      | { id: string, myRating: RatingValue | null }
      | { id: string, myRating: RatingValue | null }
     | null, errors: Array<{ field: string | null, code: PlaybackErrorCode, message: string }> } | null };

export type StartPlaybackMutationVariables = Exact<{
  input: StartPlaybackInput;
}>;


export type StartPlaybackMutation = { startPlayback: { session: { id: string, manifestUrl: string, manifest: string, storyboardUrl: string | null, originalUrl: string | null, resumeSeconds: number, heartbeatSeconds: number, leaseExpiresAt: string, video: VideoFactsFragment, nextVideo: { id: string, durationSeconds: number | null } | null } | null, conflicts: Array<{ id: string, deviceName: string, profileName: string, startedAt: string }>, errors: Array<{ field: string | null, code: PlaybackErrorCode, message: string }> } | null };

export type HeartbeatMutationVariables = Exact<{
  input: HeartbeatInput;
}>;


export type HeartbeatMutation = { heartbeat: { session: { id: string, leaseExpiresAt: string } | null, errors: Array<{ field: string | null, code: PlaybackErrorCode, message: string }> } | null };

export type StopPlaybackMutationVariables = Exact<{
  input: StopPlaybackInput;
}>;


export type StopPlaybackMutation = { stopPlayback: { session: { id: string } | null, errors: Array<{ field: string | null, code: PlaybackErrorCode, message: string }> } | null };

export type AssetFactsFragment = { id: string, fileName: string, sizeBytes: number, durationSeconds: number | null, state: AssetState, progress: number, speed: number | null, secondsLeft: number | null, failure: { code: AssetFailureCode, message: string, canRetry: boolean } | null, renditions: Array<{ kind: RenditionKind, codec: string, width: number | null, height: number | null, bitrate: number | null, language: string | null, state: RenditionState, progress: number }> };

export type AssetsQueryVariables = Exact<{
  state?: AssetState | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AssetsQuery = { assets: { totalCount: number, edges: Array<{ node: AssetFactsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateMovieMutationVariables = Exact<{
  input: CreateMovieInput;
}>;


export type CreateMovieMutation = { createMovie: { movie: { id: string, slug: string, video: { id: string } } | null, errors: Array<{ field: string | null, code: CatalogErrorCode, message: string }> } | null };

export type CreateSeriesMutationVariables = Exact<{
  input: CreateSeriesInput;
}>;


export type CreateSeriesMutation = { createSeries: { series: { id: string, slug: string } | null, errors: Array<{ field: string | null, code: CatalogErrorCode, message: string }> } | null };

export type CreateEpisodeMutationVariables = Exact<{
  input: CreateEpisodeInput;
}>;


export type CreateEpisodeMutation = { createEpisode: { episode: { id: string, number: number, video: { id: string } } | null, errors: Array<{ field: string | null, code: CatalogErrorCode, message: string }> } | null };

export type PublishTitleMutationVariables = Exact<{
  input: PublishTitleInput;
}>;


export type PublishTitleMutation = { publishTitle: { title:
      | { id: string }
      | { id: string }
     | null, errors: Array<{ field: string | null, code: CatalogErrorCode, message: string }> } | null };

export type AttachAssetMutationVariables = Exact<{
  input: AttachAssetInput;
}>;


export type AttachAssetMutation = { attachAsset: { video: { id: string, isPlayable: boolean } | null, errors: Array<{ field: string | null, code: CatalogErrorCode, message: string }> } | null };

export type RetryAssetMutationVariables = Exact<{
  input: AssetActionInput;
}>;


export type RetryAssetMutation = { retryAsset: { asset: AssetFactsFragment | null, errors: Array<{ field: string | null, code: AssetErrorCode, message: string }> } | null };

export type WatchFactsQueryVariables = Exact<{
  id: string | number;
}>;


export type WatchFactsQuery = { node:
    | { id: string, kind: VideoKind, title:
        | { __typename: 'Movie', id: string, slug: string, name: string, artwork: { posterUrl: string | null, backdropUrl: string | null, blurhash: string | null } }
        | { __typename: 'Series', id: string, slug: string, name: string, artwork: { posterUrl: string | null, backdropUrl: string | null, blurhash: string | null } }
      , episode: { id: string, number: number, name: string, stillUrl: string | null, season: { number: number } } | null }
    | Record<PropertyKey, never>
   | null };

export type WatchEpisodesQueryVariables = Exact<{
  slug: string;
}>;


export type WatchEpisodesQuery = { title:
    | { id: string, artwork: { backdropUrl: string | null } }
    | { id: string, seasons: Array<{ id: string, number: number, name: string, episodes: { edges: Array<{ node: { id: string, number: number, name: string, synopsis: string, stillUrl: string | null, video: { id: string, durationSeconds: number | null, isPlayable: boolean, readiness: number | null, progress: { positionSeconds: number, completed: boolean } | null } } }> } }>, artwork: { backdropUrl: string | null } }
   | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ProfileFactsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ProfileFacts on Profile {
  id
  name
  avatar
  isKids
  maturityLimit
  language
  hasPin
}
    `, {"fragmentName":"ProfileFacts"}) as unknown as TypedDocumentString<ProfileFactsFragment, unknown>;
export const WatchingChoicesFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment WatchingChoices on Profile {
  id
  audioLanguage
  audioDescription
  subtitleLanguage
  subtitlesDescribeSound
  autoplayNext
  autoplayPreviews
  captionStyle {
    font
    sizePercent
    color
    opacityPercent
    edge
    backgroundColor
    backgroundOpacityPercent
    windowColor
    windowOpacityPercent
  }
}
    `, {"fragmentName":"WatchingChoices"}) as unknown as TypedDocumentString<WatchingChoicesFragment, unknown>;
export const TitleCardFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}
    `, {"fragmentName":"TitleCard"}) as unknown as TypedDocumentString<TitleCardFragment, unknown>;
export const WidePictureFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment WidePicture on Title {
  artwork {
    backdropUrl
    backdropSrcset
    backdropBlurhash
  }
}
    `, {"fragmentName":"WidePicture"}) as unknown as TypedDocumentString<WidePictureFragment, unknown>;
export const PlayFactsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment PlayFacts on Video {
  id
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
}
    `, {"fragmentName":"PlayFacts"}) as unknown as TypedDocumentString<PlayFactsFragment, unknown>;
export const EpisodeFactsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment EpisodeFacts on Episode {
  id
  number
  name
  synopsis
  stillUrl
  stillSrcset
  stillBlurhash
  video {
    ...PlayFacts
  }
}
    fragment PlayFacts on Video {
  id
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
}`, {"fragmentName":"EpisodeFacts"}) as unknown as TypedDocumentString<EpisodeFactsFragment, unknown>;
export const VideoFactsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment VideoFacts on Video {
  id
  kind
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
  markers {
    kind
    startSeconds
    endSeconds
  }
  chapters {
    title
    startSeconds
  }
  audioTracks {
    language
    label
    channels
    isDefault
    gainDb
  }
  subtitleTracks {
    language
    label
    kind
  }
}
    `, {"fragmentName":"VideoFacts"}) as unknown as TypedDocumentString<VideoFactsFragment, unknown>;
export const AssetFactsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment AssetFacts on Asset {
  id
  fileName
  sizeBytes
  durationSeconds
  state
  progress
  speed
  secondsLeft
  failure {
    code
    message
    canRetry
  }
  renditions {
    kind
    codec
    width
    height
    bitrate
    language
    state
    progress
  }
}
    `, {"fragmentName":"AssetFacts"}) as unknown as TypedDocumentString<AssetFactsFragment, unknown>;
export const WatchingDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Watching {
  viewer {
    id
    activeProfile {
      ...WatchingChoices
    }
  }
}
    fragment WatchingChoices on Profile {
  id
  audioLanguage
  audioDescription
  subtitleLanguage
  subtitlesDescribeSound
  autoplayNext
  autoplayPreviews
  captionStyle {
    font
    sizePercent
    color
    opacityPercent
    edge
    backgroundColor
    backgroundOpacityPercent
    windowColor
    windowOpacityPercent
  }
}`) as unknown as TypedDocumentString<WatchingQuery, WatchingQueryVariables>;
export const UpdateProfileDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    profile {
      ...ProfileFacts
      ...WatchingChoices
    }
    errors {
      field
      code
      message
    }
  }
}
    fragment ProfileFacts on Profile {
  id
  name
  avatar
  isKids
  maturityLimit
  language
  hasPin
}
fragment WatchingChoices on Profile {
  id
  audioLanguage
  audioDescription
  subtitleLanguage
  subtitlesDescribeSound
  autoplayNext
  autoplayPreviews
  captionStyle {
    font
    sizePercent
    color
    opacityPercent
    edge
    backgroundColor
    backgroundOpacityPercent
    windowColor
    windowOpacityPercent
  }
}`) as unknown as TypedDocumentString<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const DeleteProfileDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DeleteProfile($input: DeleteProfileInput!) {
  deleteProfile(input: $input) {
    deletedProfileId
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteProfileMutation, DeleteProfileMutationVariables>;
export const TokensDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Tokens {
  viewer {
    id
    tokens(first: 100) {
      edges {
        node {
          id
          name
          scopes
          createdAt
          expiresAt
          isCurrent
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TokensQuery, TokensQueryVariables>;
export const RevokeTokenDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RevokeToken($input: RevokeTokenInput!) {
  revokeToken(input: $input) {
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeTokenMutation, RevokeTokenMutationVariables>;
export const ReviewDeviceDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ReviewDevice($input: ReviewDeviceInput!) {
  reviewDevice(input: $input) {
    device {
      name
      address
      scopes
      createdAt
      expiresAt
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReviewDeviceMutation, ReviewDeviceMutationVariables>;
export const DecideDeviceDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DecideDevice($input: DecideDeviceInput!) {
  decideDevice(input: $input) {
    device {
      name
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DecideDeviceMutation, DecideDeviceMutationVariables>;
export const ErasureDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Erasure {
  viewer {
    id
    erasesAt
  }
}
    `) as unknown as TypedDocumentString<ErasureQuery, ErasureQueryVariables>;
export const ExportAccountDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ExportAccount($input: ExportAccountInput!) {
  exportAccount(input: $input) {
    url
    expiresAt
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ExportAccountMutation, ExportAccountMutationVariables>;
export const EraseAccountDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation EraseAccount($input: EraseAccountInput!) {
  eraseAccount(input: $input) {
    erasesAt
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EraseAccountMutation, EraseAccountMutationVariables>;
export const KeepAccountDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation KeepAccount {
  keepAccount {
    viewer {
      id
      erasesAt
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<KeepAccountMutation, KeepAccountMutationVariables>;
export const RowTitlesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query RowTitles($id: ID!, $after: String) {
  node(id: $id) {
    ... on HomeRow {
      id
      titles(first: 20, after: $after) {
        edges {
          node {
            ...TitleCard
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}`) as unknown as TypedDocumentString<RowTitlesQuery, RowTitlesQueryVariables>;
export const SeasonEpisodesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query SeasonEpisodes($id: ID!, $after: String) {
  node(id: $id) {
    ... on Season {
      id
      episodes(first: 50, after: $after) {
        edges {
          node {
            ...EpisodeFacts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment PlayFacts on Video {
  id
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
}
fragment EpisodeFacts on Episode {
  id
  number
  name
  synopsis
  stillUrl
  stillSrcset
  stillBlurhash
  video {
    ...PlayFacts
  }
}`) as unknown as TypedDocumentString<SeasonEpisodesQuery, SeasonEpisodesQueryVariables>;
export const PersonPageDocument = /*#__PURE__*/ new TypedDocumentString(`
    query PersonPage($id: ID!, $after: String) {
  node(id: $id) {
    ... on Person {
      id
      name
      credits(first: 48, after: $after) {
        totalCount
        edges {
          node {
            role
            character
            title {
              ...TitleCard
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}`) as unknown as TypedDocumentString<PersonPageQuery, PersonPageQueryVariables>;
export const CollectionPageDocument = /*#__PURE__*/ new TypedDocumentString(`
    query CollectionPage($slug: String!, $after: String) {
  collection(slug: $slug) {
    id
    slug
    name
    synopsis
    titles(first: 48, after: $after) {
      totalCount
      edges {
        node {
          ...TitleCard
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}`) as unknown as TypedDocumentString<CollectionPageQuery, CollectionPageQueryVariables>;
export const HistoryDocument = /*#__PURE__*/ new TypedDocumentString(`
    query History($after: String) {
  viewer {
    activeProfile {
      id
      history(first: 30, after: $after) {
        edges {
          node {
            watchedAt
            video {
              ...PlayFacts
              episode {
                number
                name
                stillUrl
                stillSrcset
                stillBlurhash
                season {
                  number
                }
              }
            }
            title {
              ...TitleCard
              ...WidePicture
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}
fragment WidePicture on Title {
  artwork {
    backdropUrl
    backdropSrcset
    backdropBlurhash
  }
}
fragment PlayFacts on Video {
  id
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
}`) as unknown as TypedDocumentString<HistoryQuery, HistoryQueryVariables>;
export const SearchPeopleDocument = /*#__PURE__*/ new TypedDocumentString(`
    query SearchPeople($text: String!) {
  search(text: $text, first: 24) {
    edges {
      node {
        id
        credits(first: 40) {
          edges {
            node {
              role
              person {
                id
                name
              }
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SearchPeopleQuery, SearchPeopleQueryVariables>;
export const SignUpDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    viewer {
      id
      email
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignUpMutation, SignUpMutationVariables>;
export const SignInDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    viewer {
      id
      email
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SignOut {
  signOut {
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const ViewerDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Viewer {
  viewer {
    id
    email
    isStaff
    plan {
      name
      maxStreams
      maxHeight
      maxProfiles
    }
    profiles {
      id
      name
      avatar
      isKids
      maturityLimit
      language
      hasPin
    }
    activeProfile {
      id
      name
      avatar
      isKids
    }
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const CreateProfileDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateProfile($input: CreateProfileInput!) {
  createProfile(input: $input) {
    profile {
      id
      name
      isKids
      maturityLimit
      hasPin
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateProfileMutation, CreateProfileMutationVariables>;
export const ActivateProfileDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ActivateProfile($input: ActivateProfileInput!) {
  activateProfile(input: $input) {
    profile {
      id
      name
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ActivateProfileMutation, ActivateProfileMutationVariables>;
export const HomeDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Home($rows: Int = 12, $perRow: Int = 20) {
  home {
    hero {
      ...TitleCard
      ...WidePicture
      synopsis
      genres {
        slug
        name
      }
      ... on Movie {
        video {
          ...PlayFacts
        }
      }
      ... on Series {
        seasonCount
        nextEpisode {
          id
          number
          season {
            number
          }
          video {
            ...PlayFacts
          }
        }
      }
    }
    rows(first: $rows) {
      edges {
        node {
          id
          kind
          heading
          titles(first: $perRow) {
            edges {
              node {
                ...TitleCard
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}
fragment WidePicture on Title {
  artwork {
    backdropUrl
    backdropSrcset
    backdropBlurhash
  }
}
fragment PlayFacts on Video {
  id
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
}`) as unknown as TypedDocumentString<HomeQuery, HomeQueryVariables>;
export const BrowseDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Browse($filter: TitleFilter, $orderBy: TitleOrder = NEWEST, $first: Int = 40, $after: String) {
  titles(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    edges {
      cursor
      node {
        ...TitleCard
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}`) as unknown as TypedDocumentString<BrowseQuery, BrowseQueryVariables>;
export const GenresDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Genres {
  genres {
    slug
    name
    titleCount
  }
}
    `) as unknown as TypedDocumentString<GenresQuery, GenresQueryVariables>;
export const TitlePageDocument = /*#__PURE__*/ new TypedDocumentString(`
    query TitlePage($slug: String!) {
  title(slug: $slug) {
    ...TitleCard
    ...WidePicture
    synopsis
    originalName
    originalLanguage
    countries
    languages
    availableUntil
    genres {
      slug
      name
    }
    collections {
      slug
      name
    }
    credits(first: 40) {
      edges {
        node {
          role
          character
          person {
            id
            name
          }
        }
      }
    }
    trailers {
      ...PlayFacts
      kind
      name
    }
    similar(first: 12) {
      edges {
        node {
          ...TitleCard
        }
      }
    }
    ... on Movie {
      video {
        ...VideoFacts
      }
    }
    ... on Series {
      seasonCount
      seasons {
        id
        number
        name
        episodes(first: 50) {
          edges {
            node {
              ...EpisodeFacts
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      nextEpisode {
        id
        number
        season {
          number
        }
        video {
          ...VideoFacts
        }
      }
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}
fragment WidePicture on Title {
  artwork {
    backdropUrl
    backdropSrcset
    backdropBlurhash
  }
}
fragment PlayFacts on Video {
  id
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
}
fragment EpisodeFacts on Episode {
  id
  number
  name
  synopsis
  stillUrl
  stillSrcset
  stillBlurhash
  video {
    ...PlayFacts
  }
}
fragment VideoFacts on Video {
  id
  kind
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
  markers {
    kind
    startSeconds
    endSeconds
  }
  chapters {
    title
    startSeconds
  }
  audioTracks {
    language
    label
    channels
    isDefault
    gainDb
  }
  subtitleTracks {
    language
    label
    kind
  }
}`) as unknown as TypedDocumentString<TitlePageQuery, TitlePageQueryVariables>;
export const SearchDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Search($text: String!, $first: Int = 20, $after: String) {
  search(text: $text, first: $first, after: $after) {
    totalCount
    edges {
      node {
        ...TitleCard
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}`) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const ContinueDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Continue {
  viewer {
    activeProfile {
      id
      continueWatching(first: 20) {
        edges {
          node {
            video {
              ...PlayFacts
              episode {
                number
                name
                stillUrl
                stillSrcset
                stillBlurhash
                season {
                  number
                }
              }
            }
            title {
              ...TitleCard
              ...WidePicture
            }
          }
        }
      }
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}
fragment WidePicture on Title {
  artwork {
    backdropUrl
    backdropSrcset
    backdropBlurhash
  }
}
fragment PlayFacts on Video {
  id
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
}`) as unknown as TypedDocumentString<ContinueQuery, ContinueQueryVariables>;
export const MyListDocument = /*#__PURE__*/ new TypedDocumentString(`
    query MyList($after: String) {
  viewer {
    activeProfile {
      id
      myList(first: 48, after: $after) {
        totalCount
        edges {
          node {
            ...TitleCard
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment TitleCard on Title {
  __typename
  id
  slug
  name
  year
  maturityRating
  isPlayable
  readiness
  artwork {
    posterUrl
    posterSrcset
    backdropUrl
    blurhash
  }
  inMyList
  myRating
}`) as unknown as TypedDocumentString<MyListQuery, MyListQueryVariables>;
export const AddToMyListDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation AddToMyList($input: MyListInput!) {
  addToMyList(input: $input) {
    title {
      id
      inMyList
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AddToMyListMutation, AddToMyListMutationVariables>;
export const RemoveFromMyListDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RemoveFromMyList($input: MyListInput!) {
  removeFromMyList(input: $input) {
    title {
      id
      inMyList
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RemoveFromMyListMutation, RemoveFromMyListMutationVariables>;
export const RateTitleDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RateTitle($input: RateTitleInput!) {
  rateTitle(input: $input) {
    title {
      id
      myRating
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RateTitleMutation, RateTitleMutationVariables>;
export const StartPlaybackDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation StartPlayback($input: StartPlaybackInput!) {
  startPlayback(input: $input) {
    session {
      id
      manifestUrl
      manifest
      storyboardUrl
      originalUrl
      resumeSeconds
      heartbeatSeconds
      leaseExpiresAt
      video {
        ...VideoFacts
      }
      nextVideo {
        id
        durationSeconds
      }
    }
    conflicts {
      id
      deviceName
      profileName
      startedAt
    }
    errors {
      field
      code
      message
    }
  }
}
    fragment VideoFacts on Video {
  id
  kind
  durationSeconds
  isPlayable
  readiness
  previewUrl
  progress {
    positionSeconds
    completed
    updatedAt
  }
  markers {
    kind
    startSeconds
    endSeconds
  }
  chapters {
    title
    startSeconds
  }
  audioTracks {
    language
    label
    channels
    isDefault
    gainDb
  }
  subtitleTracks {
    language
    label
    kind
  }
}`) as unknown as TypedDocumentString<StartPlaybackMutation, StartPlaybackMutationVariables>;
export const HeartbeatDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation Heartbeat($input: HeartbeatInput!) {
  heartbeat(input: $input) {
    session {
      id
      leaseExpiresAt
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<HeartbeatMutation, HeartbeatMutationVariables>;
export const StopPlaybackDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation StopPlayback($input: StopPlaybackInput!) {
  stopPlayback(input: $input) {
    session {
      id
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<StopPlaybackMutation, StopPlaybackMutationVariables>;
export const AssetsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Assets($state: AssetState, $first: Int = 50, $after: String) {
  assets(state: $state, first: $first, after: $after) {
    totalCount
    edges {
      node {
        ...AssetFacts
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment AssetFacts on Asset {
  id
  fileName
  sizeBytes
  durationSeconds
  state
  progress
  speed
  secondsLeft
  failure {
    code
    message
    canRetry
  }
  renditions {
    kind
    codec
    width
    height
    bitrate
    language
    state
    progress
  }
}`) as unknown as TypedDocumentString<AssetsQuery, AssetsQueryVariables>;
export const CreateMovieDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateMovie($input: CreateMovieInput!) {
  createMovie(input: $input) {
    movie {
      id
      slug
      video {
        id
      }
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateMovieMutation, CreateMovieMutationVariables>;
export const CreateSeriesDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateSeries($input: CreateSeriesInput!) {
  createSeries(input: $input) {
    series {
      id
      slug
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateSeriesMutation, CreateSeriesMutationVariables>;
export const CreateEpisodeDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateEpisode($input: CreateEpisodeInput!) {
  createEpisode(input: $input) {
    episode {
      id
      number
      video {
        id
      }
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateEpisodeMutation, CreateEpisodeMutationVariables>;
export const PublishTitleDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation PublishTitle($input: PublishTitleInput!) {
  publishTitle(input: $input) {
    title {
      id
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PublishTitleMutation, PublishTitleMutationVariables>;
export const AttachAssetDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation AttachAsset($input: AttachAssetInput!) {
  attachAsset(input: $input) {
    video {
      id
      isPlayable
    }
    errors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AttachAssetMutation, AttachAssetMutationVariables>;
export const RetryAssetDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RetryAsset($input: AssetActionInput!) {
  retryAsset(input: $input) {
    asset {
      ...AssetFacts
    }
    errors {
      field
      code
      message
    }
  }
}
    fragment AssetFacts on Asset {
  id
  fileName
  sizeBytes
  durationSeconds
  state
  progress
  speed
  secondsLeft
  failure {
    code
    message
    canRetry
  }
  renditions {
    kind
    codec
    width
    height
    bitrate
    language
    state
    progress
  }
}`) as unknown as TypedDocumentString<RetryAssetMutation, RetryAssetMutationVariables>;
export const WatchFactsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query WatchFacts($id: ID!) {
  node(id: $id) {
    ... on Video {
      id
      kind
      title {
        __typename
        id
        slug
        name
        artwork {
          posterUrl
          backdropUrl
          blurhash
        }
      }
      episode {
        id
        number
        name
        stillUrl
        season {
          number
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WatchFactsQuery, WatchFactsQueryVariables>;
export const WatchEpisodesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query WatchEpisodes($slug: String!) {
  title(slug: $slug) {
    id
    artwork {
      backdropUrl
    }
    ... on Series {
      seasons {
        id
        number
        name
        episodes(first: 100) {
          edges {
            node {
              id
              number
              name
              synopsis
              stillUrl
              video {
                id
                durationSeconds
                isPlayable
                readiness
                progress {
                  positionSeconds
                  completed
                }
              }
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WatchEpisodesQuery, WatchEpisodesQueryVariables>;