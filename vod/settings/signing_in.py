"""Ways to sign in: what allauth reads, and what an installation may say about it.

allauth gives the plain pages under /accounts/ and the same verbs as JSON under /_allauth/browser/v1/, which the web app
calls. How they hang together with GraphQL stands in docs/accounts.md.
"""

from django.core.exceptions import ImproperlyConfigured

from vod.settings.core import PRODUCTION, PUBLIC_URL, SITE_NAME
from vod.settings.env import env
from vod.settings.mail import EMAIL_URL

_mails = EMAIL_URL.partition(":")[0]
VERIFY_EMAIL = env.flag(
    "VERIFY_EMAIL",
    PRODUCTION and _mails != "none",
    "An account is of no use before its address has been verified by a link",
)
if VERIFY_EMAIL and _mails == "none":
    raise ImproperlyConfigured(
        "VERIFY_EMAIL is on, but EMAIL_URL sends no mail. Name a mail server, or set VERIFY_EMAIL=0."
    )
if _mails.startswith("smtp") and not PUBLIC_URL:
    raise ImproperlyConfigured(
        "EMAIL_URL names a mail server, so PUBLIC_URL must be set: links in mail must not lead to a host that a request "
        "made up. PUBLIC_URL=https://films.example.org"
    )

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if VERIFY_EMAIL else "none"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
# A link is opened by whoever reads the mail, and by programs that look for viruses: it takes a press of a button.
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
# One address an account; a new one takes the old one's place once its link has been followed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Guesses at passwords and codes are counted by accounts.attempts, together with those at every other door.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
PASSWORD_RESET_TIMEOUT = 3600

ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"

HEADLESS_ONLY = False
# Programs come by GraphQL or by a device code; a second kind of token would be a second thing to take away.
HEADLESS_CLIENTS = ("browser",)
# Pages of the web app that links in mail lead to.
_SITE = PUBLIC_URL.rstrip("/")
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{_SITE}/verify-email/{{key}}",
    "account_reset_password": f"{_SITE}/reset-password",
    "account_reset_password_from_key": f"{_SITE}/reset-password/{{key}}",
    "account_signup": f"{_SITE}/signup",
    "socialaccount_login_error": f"{_SITE}/login",
}

ACCOUNT_FORMS = {
    "add_email": "accounts.forms.NewAddressForm",
    "change_password": "accounts.forms.NewPasswordForm",
    "signup": "accounts.forms.NewAccountForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "authenticate_webauthn": "accounts.credentials.KeyForm",
    "reauthenticate_webauthn": "accounts.credentials.KeyAgainForm",
    "login_webauthn": "accounts.credentials.KeyAloneForm",
    "add_webauthn": "accounts.credentials.NewKeyForm",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
# One step of thirty seconds to either side, for clocks that are wrong (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
# Where nobody verifies addresses, none would ever be verified.
MFA_ALLOW_UNVERIFIED_EMAIL = not VERIFY_EMAIL

USERSESSIONS_ADAPTER = "accounts.adapters.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = True

OIDC_ISSUER = env.address(
    "OIDC_ISSUER",
    "",
    "Address of an OpenID Connect provider with whose accounts people may sign in",
    schemes=("https", "http"),
)
OIDC_NAME = env.text("OIDC_NAME", "Single sign-on", "What that provider is called on the sign-in page")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "", "What this installation is called there")
OIDC_CLIENT_SECRET = env.secret("OIDC_CLIENT_SECRET", "What this installation shows it as a proof")
OIDC_TRUST_EMAIL = env.flag(
    "OIDC_TRUST_EMAIL",
    False,
    "Who has an address verified there has the account of that address here",
)
if OIDC_ISSUER and not OIDC_CLIENT_ID:
    raise ImproperlyConfigured(
        "OIDC_ISSUER needs OIDC_CLIENT_ID, which the provider gives when this installation is registered there "
        "with the address PUBLIC_URL/accounts/oidc/sso/login/callback/."
    )
SOCIALACCOUNT_ADAPTER = "accounts.adapters.OtherProvidersAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        # RFC 7636, also where the provider does not insist on it.
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET or "",
                "settings": {"server_url": OIDC_ISSUER.rstrip("/")},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = OIDC_TRUST_EMAIL
SOCIALACCOUNT_STORE_TOKENS = False
# A link alone takes nobody to the provider: another site could have signed somebody in here as somebody else.
SOCIALACCOUNT_LOGIN_ON_GET = False
