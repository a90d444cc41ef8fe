"""A device asks whether somebody has allowed it (RFC 8628, sections 3.4 and 3.5)."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.device_codes import SLOWER_SECONDS, DeviceError, DeviceErrorCode
from accounts.models import AccessToken, DeviceGrant
from accounts.services.issue_token import issue_token
from accounts.tokens import digest_of, stamp_of
from vod.lib.actor import Scope
from vod.lib.transactions import transactional

_SLOWEST_SECONDS = 300


def poll_device(*, device_code: str, client_id: str) -> tuple[AccessToken, str]:
    """The token, once. Raises DeviceError with what the device has to know meanwhile, or instead."""
    answer = _poll(device_code, client_id)
    if isinstance(answer, DeviceError):
        raise answer
    return answer


@transactional
def _poll(device_code: str, client_id: str) -> tuple[AccessToken, str] | DeviceError:
    # What is to be remembered of a question is remembered also where the answer is an error: so none is raised here.
    now = timezone.now()
    rows = DeviceGrant.objects.filter(digest=digest_of(device_code))
    grant = rows.select_for_update().first()
    if grant is None or grant.client_id != " ".join(client_id.split()):
        return DeviceError(DeviceErrorCode.INVALID_GRANT, "There is no such device code for this client.")
    if grant.expires_at <= now:
        return DeviceError(DeviceErrorCode.EXPIRED_TOKEN, "The codes have run out. Ask for new ones.")
    if grant.state == DeviceGrant.State.PENDING:
        too_soon = grant.asked_at is not None and now < grant.asked_at + timedelta(seconds=grant.interval)
        slower = min(grant.interval + SLOWER_SECONDS, _SLOWEST_SECONDS)
        rows.update(asked_at=now, interval=slower if too_soon else F("interval"))
        if too_soon:
            return DeviceError(DeviceErrorCode.SLOW_DOWN, f"Wait {slower} seconds between two questions.")
        return DeviceError(DeviceErrorCode.AUTHORIZATION_PENDING, "Nobody has entered the code yet.")
    user = grant.user
    denied = DeviceError(DeviceErrorCode.ACCESS_DENIED, "The device was not allowed.")
    if grant.state == DeviceGrant.State.DENIED or user is None or not user.is_active:
        return denied
    if not constant_time_compare(grant.password_stamp, stamp_of(user)):
        # The password has changed since: whoever allowed it may have been somebody else.
        return denied
    rows.delete()
    scopes = None if grant.scopes is None else [Scope(scope) for scope in grant.scopes]
    return issue_token(user=user, name=grant.name, scopes=scopes)
