"""What the factory makes of a film, and how hard it tries."""

from vod.settings.env import env

ENCODING = env.choice(
    "ENCODING",
    "speed",
    "What encoding spends: little time, or more of it for fewer bits at the same quality",
    of=("speed", "quality"),
)
PREVIEWS = env.choice("PREVIEWS", "all", "Which films get a silent clip for their cards", of=("all", "none"))
AV1 = env.choice("AV1", "watched", "Which films get AV1 beside H.264", of=("watched", "all", "never"))
# Watched for so long in one go, a film is worth the second codec.
AV1_WATCHED_SECONDS = env.whole(
    "AV1_WATCHED_SECONDS", 120, "Seconds of one stream after which a film counts as watched"
)
