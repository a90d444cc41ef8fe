"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vod.settings")

# Makes ours the Celery application that messages are sent by; without it they go to a default one.
import vod.celery  # noqa: F401

application = get_wsgi_application()

# A page makes tens of thousands of short-lived objects, nearly all of which go without the collector; with its usual
# thresholds it looks at everything there is for each page anew, a fifth of the page's time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
