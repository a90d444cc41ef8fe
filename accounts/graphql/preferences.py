"""A profile's preferences as GraphQL shows and takes them."""

from typing import Any

import graphene

from accounts import preferences
from accounts.preferences import GREATEST_SIZE_PERCENT, LEAST_SIZE_PERCENT

_FONT_WORDS = {
    None: "The letters of subtitles.",
    preferences.CaptionFont.SANS: "Plain letters of different widths.",
    preferences.CaptionFont.SERIF: "Letters with serifs, of different widths.",
    preferences.CaptionFont.MONOSPACE: "Plain letters of one width.",
    preferences.CaptionFont.MONOSPACE_SERIF: "Letters with serifs, of one width.",
    preferences.CaptionFont.CASUAL: "Letters as one prints by hand.",
    preferences.CaptionFont.SCRIPT: "Letters as one writes by hand.",
    preferences.CaptionFont.SMALL_CAPITALS: "Capitals of two sizes.",
}
_EDGE_WORDS = {
    None: "How letters stand out from the picture.",
    preferences.CaptionEdge.NONE: "They do not.",
    preferences.CaptionEdge.OUTLINE: "A line all around.",
    preferences.CaptionEdge.SHADOW: "A shadow below.",
    preferences.CaptionEdge.RAISED: "Lit as if they stood above it.",
    preferences.CaptionEdge.DEPRESSED: "Lit as if they were cut into it.",
}
CaptionFont = graphene.Enum.from_enum(preferences.CaptionFont, description=_FONT_WORDS.get)
CaptionEdge = graphene.Enum.from_enum(preferences.CaptionEdge, description=_EDGE_WORDS.get)

_SIZE = f"Per cent of the usual size: {LEAST_SIZE_PERCENT} to {GREATEST_SIZE_PERCENT}."


class CaptionStyle(graphene.ObjectType):
    """The looks of subtitles. The background stands behind each line, the window behind all of them."""

    font = graphene.Field(CaptionFont, required=True, description="The letters.")
    size_percent = graphene.Int(required=True, description=_SIZE)
    color = graphene.String(required=True, description="Of the letters, as #rrggbb.")
    opacity_percent = graphene.Int(required=True, description="Of the letters, 0 to 100.")
    edge = graphene.Field(CaptionEdge, required=True, description="How letters stand out.")
    background_color = graphene.String(required=True, description="Behind each line, as #rrggbb.")
    background_opacity_percent = graphene.Int(required=True, description="Of the background, 0 to 100.")
    window_color = graphene.String(required=True, description="Behind all lines, as #rrggbb.")
    window_opacity_percent = graphene.Int(required=True, description="Of the window, 0 to 100.")


class CaptionStyleInput(graphene.InputObjectType):
    """Changes to the looks of subtitles: what is left out stays, null is the usual look of that part."""

    font = CaptionFont(description="The letters.")
    size_percent = graphene.Int(description=_SIZE)
    color = graphene.String(description="Of the letters, as #rrggbb.")
    opacity_percent = graphene.Int(description="Of the letters, 0 to 100.")
    edge = CaptionEdge(description="How letters stand out.")
    background_color = graphene.String(description="Behind each line, as #rrggbb.")
    background_opacity_percent = graphene.Int(description="Of the background, 0 to 100.")
    window_color = graphene.String(description="Behind all lines, as #rrggbb.")
    window_opacity_percent = graphene.Int(description="Of the window, 0 to 100.")


class PreferencesInput:
    """What inputs of profiles share: how the person likes to watch."""

    audio_language = graphene.String(
        description="The language to hear (BCP 47); null: the one that the film was made in."
    )
    audio_description = graphene.Boolean(description="Whether to prefer sound that describes the picture.")
    subtitle_language = graphene.String(description="The language of subtitles (BCP 47); null: none.")
    subtitles_describe_sound = graphene.Boolean(
        description="Whether to prefer subtitles for the deaf and hard of hearing."
    )
    caption_style = CaptionStyleInput(description="The looks of subtitles; null: the usual ones again.")
    autoplay_next = graphene.Boolean(description="Whether the next episode begins by itself.")
    autoplay_previews = graphene.Boolean(description="Whether previews play by themselves.")


class Preferences:
    """The fields of a profile that show them."""

    audio_language = graphene.String(
        description="The language that the person likes to hear (BCP 47); null: the one that the film was made in."
    )
    audio_description = graphene.Boolean(
        required=True, description="Whether the person prefers sound that describes the picture."
    )
    subtitle_language = graphene.String(
        description="The language of subtitles that the person likes (BCP 47); null: none."
    )
    subtitles_describe_sound = graphene.Boolean(
        required=True, description="Whether the person prefers subtitles for the deaf and hard of hearing."
    )
    caption_style = graphene.Field(CaptionStyle, required=True, description="The looks of subtitles.")
    autoplay_next = graphene.Boolean(required=True, description="Whether the next episode begins by itself.")
    autoplay_previews = graphene.Boolean(required=True, description="Whether previews play by themselves.")

    @staticmethod
    def resolve_audio_language(profile: Any, _info: Any) -> str | None:
        return profile.audio_language or None

    @staticmethod
    def resolve_subtitle_language(profile: Any, _info: Any) -> str | None:
        return profile.subtitle_language or None

    @staticmethod
    def resolve_caption_style(profile: Any, _info: Any) -> preferences.CaptionStyle:
        return preferences.CaptionStyle.of(profile.caption_style)
