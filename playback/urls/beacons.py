"""What players send without waiting."""

from django.urls import URLPattern, path

from playback.api.beacons import PositionBeacon, QualityBeacon

urlpatterns: list[URLPattern] = [
    path("<str:session_id>/position", PositionBeacon.as_view()),
    path("<str:session_id>/quality", QualityBeacon.as_view()),
]
