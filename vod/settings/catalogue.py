"""The library: its own language, and whose ratings count."""

from vod.settings.env import env

CATALOGUE_LANGUAGE = env.text(
    "CATALOGUE_LANGUAGE", "en", "Language of names and synopses where nothing else is said, as a BCP 47 tag"
)
RATING_SYSTEMS = env.words(
    "RATING_SYSTEMS", [], "Systems whose ratings count, the most important first: BBFC, MPA, FSK, …"
)
