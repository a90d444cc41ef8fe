"""Django's settings, one file per concern. `DJANGO_SETTINGS_MODULE=vod.settings`."""

from vod.settings.api import *
from vod.settings.catalogue import *
from vod.settings.core import *
from vod.settings.database import *
from vod.settings.delivery import *
from vod.settings.encoding import *
from vod.settings.mail import *
from vod.settings.objects import *
from vod.settings.observing import *
from vod.settings.operators import *
from vod.settings.people import *
from vod.settings.serving import *
from vod.settings.shared import *
from vod.settings.signing_in import *
from vod.settings.web import *
from vod.settings.work import *

# Last: it judges what the others have read.
from vod.settings.production import *  # isort: skip
