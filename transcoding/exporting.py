"""What the factory keeps about the people of an account: what they brought in."""

from transcoding.models import Asset, Upload
from vod.lib.personal import register_sections, section_of


def register() -> None:
    """Hands the sections to the registry."""
    register_sections(
        section_of(
            "films_brought_in",
            lambda user_id: Asset.objects.filter(uploaded_by=user_id),
            without=("uploaded_by", "media_info", "source_key"),
        ),
        section_of(
            "uploads",
            lambda user_id: Upload.objects.filter(owner=user_id),
            without=("owner", "writer", "multipart_id", "content_key"),
        ),
    )
