"""What an edge asks."""

from django.urls import URLPattern, path

from playback.api.edge import stream_auth

urlpatterns: list[URLPattern] = [path("stream-auth", stream_auth)]
