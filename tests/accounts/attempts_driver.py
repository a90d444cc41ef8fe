"""One of several processes that try at the same moment: prints how many attempts it was allowed."""

import os
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "vod.settings"
django.setup()

from accounts.attempts import Limit, take  # noqa: E402
from accounts.errors import AccountError  # noqa: E402

allowed = 0
limit = Limit("the one door", tries=10, seconds=900)
while time.time() < float(sys.argv[1]):
    time.sleep(0.01)
for _ in range(20):
    try:
        take(limit)
        allowed += 1
    except AccountError:
        pass
print(allowed)
