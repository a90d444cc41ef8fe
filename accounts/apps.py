from allauth.account.signals import user_signed_up
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import exporting, signals
        from accounts.sessions import note_session

        exporting.register()

        # The one place that every door for browsers goes through: GraphQL, allauth's, the admin's.
        # Accounts that GraphQL did not make.
        user_signed_up.connect(signals.hear_of_account, dispatch_uid="accounts.hear_of_account")
        user_logged_in.connect(note_session, dispatch_uid="accounts.note_session")
