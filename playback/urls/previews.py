"""Everything under /previews/ has one door, whatever characters it holds."""

from django.urls import URLPattern, re_path

from playback.api.stream import preview

urlpatterns: list[URLPattern] = [re_path(r"([\s\S]*)", preview, name="preview")]
