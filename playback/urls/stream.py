"""Everything under /stream/ has one door, whatever characters it holds."""

from django.urls import URLPattern, re_path

from playback.api.stream import stream

urlpatterns: list[URLPattern] = [re_path(r"([\s\S]*)", stream, name="stream")]
