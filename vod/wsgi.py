"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vod.settings")

# Makes ours the Celery application that messages are sent by; without it they go to a default one.
import vod.celery  # noqa: F401

application = get_wsgi_application()
