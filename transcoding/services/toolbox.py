"""The tools of this installation."""

from django.conf import settings

from transcoding.engine.tools import Tools, find_tools


def tools() -> Tools:
    """ffmpeg and ffprobe as settings name them. Raises MediaError TOOLS_MISSING."""
    return find_tools(settings.FFMPEG or None, settings.FFPROBE or None)
