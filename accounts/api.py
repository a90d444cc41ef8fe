"""REST's way to know who is asking."""

from rest_framework.authentication import BaseAuthentication


class BearerOrSessionAuthentication(BaseAuthentication):
    pass
