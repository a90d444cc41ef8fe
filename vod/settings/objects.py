"""Where bytes live: an object store behind Django's storage interface, and limits on what comes in."""

from vod.settings.core import PRODUCTION, VOD_HOME
from vod.settings.env import env

MEDIA_ROOT = VOD_HOME / "objects"
WORK_ROOT = VOD_HOME / "tmp"
UPLOAD_ROOT = VOD_HOME / "uploads"
STORAGES = {
    "default": {"BACKEND": "vod.lib.storage.LocalStore", "OPTIONS": {"location": str(MEDIA_ROOT)}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

UPLOAD_MAX_BYTES = env.whole("UPLOAD_MAX_BYTES", 100 * 10**9, "Largest upload in bytes", least=1)
UPLOAD_EXPIRES_HOURS = env.whole(
    "UPLOAD_EXPIRES_HOURS", 48, "Hours that an unfinished upload is kept", least=1
)
# Left free on the disk of VOD_HOME when an upload is accepted.
UPLOAD_SPARE_BYTES = env.whole("UPLOAD_SPARE_BYTES", 10**9, "Bytes that uploads leave free on the disk")
# tus bodies are streamed by their own view; this bounds everything else (GraphQL, forms).
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

SANDBOX = env.choice(
    "SANDBOX",
    "required" if PRODUCTION else "auto",
    "Whether tools that open films must run in a sandbox",
    of=("required", "auto", "off"),
)
FFMPEG = env.text("FFMPEG", "", "ffmpeg to use; the one from the wheel where it is empty")
FFPROBE = env.text("FFPROBE", "", "ffprobe to use; beside FFMPEG or from the wheel where it is empty")
CHUNK_LEASE_SECONDS = env.whole(
    "CHUNK_LEASE_SECONDS", 30, "Seconds after which a silent worker's chunk is given on", least=5
)
