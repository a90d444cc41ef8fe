"""One of several processes that try at the same moment: prints how many attempts at a door, and how many PINs, it was allowed."""

import os
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "vod.settings"
django.setup()

from accounts.attempts import Limit, take  # noqa: E402
from accounts.errors import AccountError, AccountErrorCode  # noqa: E402
from accounts.models import Profile  # noqa: E402
from accounts.services.activate_profile import activate_profile  # noqa: E402
from vod.lib.actor import Actor  # noqa: E402

attempts = pins = 0
limit = Limit("the one door", tries=10, seconds=900)
profile = Profile.objects.get()
actor = Actor(user_id=profile.user_id)
while time.time() < float(sys.argv[1]):
    time.sleep(0.01)
for _ in range(20):
    try:
        take(limit)
        attempts += 1
    except AccountError:
        pass
for guess in range(5):
    try:
        activate_profile(actor=actor, profile_id=profile.pk, pin=f"000{guess}")
    except AccountError as error:
        pins += error.code == AccountErrorCode.WRONG_PIN
print(attempts, pins)
