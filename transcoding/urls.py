from django.urls import path

from transcoding.api import UploadsView, UploadView

urlpatterns = [
    path("", UploadsView.as_view(), name="uploads"),
    path("<uuid:key>", UploadView.as_view(), name="upload"),
    path("<uuid:key>/", UploadView.as_view(schema=None)),
]
