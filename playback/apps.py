from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class PlaybackConfig(AppConfig):
    name = "playback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from playback import checks, exporting  # noqa: F401 - registers them
        from playback.services.end_streams_of_login import end_streams_of_browser

        exporting.register()
        # The one place that all pages come through that sign a browser out: the app's, allauth's, the admin's.
        user_logged_out.connect(end_streams_of_browser, dispatch_uid="playback.end_streams_of_browser")
