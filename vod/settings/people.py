"""Accounts: passwords, limits on attempts, leases of playback. What allauth reads is in signing_in.py."""

from vod.settings.env import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.passwords.CountingBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"

PUBLIC_CATALOGUE = env.flag(
    "PUBLIC_CATALOGUE", False, "Let people browse without signing in; watching never is"
)
SIGN_UP = env.choice(
    "SIGN_UP",
    "open",
    "Who may make an account: everybody, or who has an invitation",
    of=("open", "invitation"),
)
SIGN_IN_ATTEMPTS = env.whole("SIGN_IN_ATTEMPTS", 10, "Failed sign-ins on one account before a pause", least=1)
SIGN_IN_ADDRESS_ATTEMPTS = env.whole(
    "SIGN_IN_ADDRESS_ATTEMPTS", 50, "Failed sign-ins from one client address before a pause", least=1
)
SIGN_IN_PAUSE_SECONDS = env.whole("SIGN_IN_PAUSE_SECONDS", 900, "Seconds of that pause", least=1)
PROFILES_PER_ACCOUNT = env.whole("PROFILES_PER_ACCOUNT", 6, "Profiles on the plan of a new account", least=1)
ERASURE_DAYS = env.whole(
    "ERASURE_DAYS", 14, "Days between the wish to have an account erased and its end", most=30
)
TOKEN_DAYS = env.whole("TOKEN_DAYS", 90, "Days that a bearer token lives", least=1)
DEVICE_CODE_SECONDS = env.whole(
    "DEVICE_CODE_SECONDS", 900, "Seconds in which a device's code has to be entered", least=60, most=3600
)
PROGRAM_TOKEN_MOST_DAYS = env.whole(
    "PROGRAM_TOKEN_MOST_DAYS", 366, "Days that a token made for a program may live", least=1, most=36_500
)
TOKENS_PER_ACCOUNT = env.whole(
    "TOKENS_PER_ACCOUNT", 50, "Tokens for programs that an account may have", least=1
)
PLAYBACK_LEASE_SECONDS = env.whole(
    "PLAYBACK_LEASE_SECONDS", 90, "Seconds that a stream lives without a beat", least=5
)
PLAYBACK_BEAT_SECONDS = env.whole(
    "PLAYBACK_BEAT_SECONDS", 30, "Seconds between two beats of a player", least=1
)
QUALITY_DAYS = env.whole(
    "QUALITY_DAYS", 30, "Days that what players say of their streams is kept", least=1, most=3650
)
PLAN_MAX_STREAMS = env.whole("PLAN_MAX_STREAMS", 2, "Streams at once on the plan of a new account", least=1)
PLAN_MAX_HEIGHT = env.whole(
    "PLAN_MAX_HEIGHT", 2160, "Greatest picture height on the plan of a new account", least=144
)
