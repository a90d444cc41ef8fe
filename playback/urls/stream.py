"""Everything under /stream/ has one door."""

from django.urls import URLPattern, path

from playback.api import stream

urlpatterns: list[URLPattern] = [path("<path:rest>", stream, name="stream")]
