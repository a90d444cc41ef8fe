"""Where bytes live: an object store behind Django's storage interface, and limits on what comes in."""

from vod.settings.core import PRODUCTION, VOD_HOME
from vod.settings.env import env

MEDIA_ROOT = VOD_HOME / "objects"
WORK_ROOT = VOD_HOME / "tmp"
UPLOAD_ROOT = VOD_HOME / "uploads"
S3_BUCKET = env.text("S3_BUCKET", "", "Bucket that holds all objects; the local disk where it is empty")
S3_COPIES_BYTES = env.whole(
    "S3_COPIES_BYTES", 50 * 10**9, "Bytes of sources that a worker's machine keeps", least=1
)
_S3_ENDPOINT_URL = env.address(
    "S3_ENDPOINT_URL", "", "Address of an S3 that is not AWS", schemes=("https", "http")
)
_S3_ENCRYPTION = env.choice(
    "S3_ENCRYPTION", "off", "Encryption that every write asks for", of=("off", "AES256", "aws:kms")
)
_S3_STORAGE_CLASS = env.text("S3_STORAGE_CLASS", "", "Storage class of objects; the store's own where empty")
_IN_A_BUCKET = {
    "BACKEND": "vod.lib.storage.s3.S3Store",
    "OPTIONS": {
        "bucket_name": S3_BUCKET,
        "location": env.text("S3_PREFIX", "lantern", "Folder of this installation in the bucket").strip("/"),
        "endpoint_url": _S3_ENDPOINT_URL or None,
        "region_name": env.text("S3_REGION", "us-east-1" if _S3_ENDPOINT_URL else "", "Region of the bucket")
        or None,
        "addressing": env.choice(
            "S3_ADDRESSING",
            "auto",
            "Where the bucket's name stands in an address",
            of=("auto", "path", "virtual"),
        ),
        "access_key": env.secret("S3_ACCESS_KEY", "Access key of the bucket"),
        "secret_key": env.secret("S3_SECRET_KEY", "Secret key of the bucket"),
        "security_token": env.secret("S3_SESSION_TOKEN", "Token that belongs to keys that expire"),
        "verify": env.text("S3_CA_BUNDLE", "", "File of authorities that sign the endpoint's certificate")
        or None,
        "encryption": _S3_ENCRYPTION,
        "encryption_key": env.text("S3_ENCRYPTION_KEY", "", "Key of the key service, with aws:kms"),
        "storage_classes": {
            "": _S3_STORAGE_CLASS,
            "sources/": env.text(
                "S3_SOURCE_STORAGE_CLASS", _S3_STORAGE_CLASS, "Storage class of the films' own files"
            ),
        },
        "timeout": env.whole("S3_TIMEOUT_SECONDS", 20, "Seconds that S3 may be silent", least=1, most=300),
        "copies": str(WORK_ROOT / "sources"),
        "blocks": str(WORK_ROOT / "blocks"),
        "copies_bytes": S3_COPIES_BYTES,
    },
}
_ON_DISK = {"BACKEND": "vod.lib.storage.LocalStore", "OPTIONS": {"location": str(MEDIA_ROOT)}}
STORAGES = {
    "default": _IN_A_BUCKET if S3_BUCKET else _ON_DISK,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

UPLOAD_MAX_BYTES = env.whole("UPLOAD_MAX_BYTES", 100 * 10**9, "Largest upload in bytes", least=1)
UPLOAD_LONGEST_DAYS = env.whole(
    "UPLOAD_LONGEST_DAYS", 7, "Days after which an upload into a bucket is given up, however busy", least=1
)
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
CHUNK_PAUSE_SECONDS = env.whole(
    "CHUNK_PAUSE_SECONDS", 5, "Seconds before a failed chunk's second start; further pauses triple", least=1
)
