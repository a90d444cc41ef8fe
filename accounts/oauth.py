"""The endpoints that devices call: device authorization and token (RFC 8628), and where they are (RFC 8414).

They take forms and answer JSON, ask for no cookie and no secret of the client (a public one, RFC 6749, section 2.1).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.device_codes import GRANT_TYPE, DeviceError, DeviceErrorCode, as_shown
from accounts.services.begin_device import begin_device
from accounts.services.poll_device import poll_device
from accounts.tokens import GRANTABLE
from vod.lib.http import client_address

_STATUS = {DeviceErrorCode.INVALID_CLIENT: 401, DeviceErrorCode.TEMPORARILY_UNAVAILABLE: 429}
Endpoint = Callable[[HttpRequest], dict[str, Any]]


def _endpoint(view: Endpoint) -> Callable[[HttpRequest], HttpResponseBase]:
    @csrf_exempt
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        try:
            response = JsonResponse(view(request))
        except DeviceError as error:
            said = {"error": error.code.value, "error_description": error.description}
            response = JsonResponse(said, status=_STATUS.get(error.code, 400))
        # RFC 6749, section 5.1.
        response["Cache-Control"] = "no-store"
        return response

    return answer


@_endpoint
def device_authorization(request: HttpRequest) -> dict[str, Any]:
    """A pair of codes: `client_id`, and optionally `scope` and `device_name`, which people see."""
    grant, device_code = begin_device(
        client_id=_parameter(request, "client_id"),
        name=_parameter(request, "device_name"),
        scope=_parameter(request, "scope"),
        client_address=client_address(request),
    )
    page = _address(request, "/device")
    return {
        "device_code": device_code,
        "user_code": as_shown(grant.user_code),
        "verification_uri": page,
        "verification_uri_complete": f"{page}?user_code={as_shown(grant.user_code)}",
        "expires_in": settings.DEVICE_CODE_SECONDS,
        "interval": grant.interval,
    }


@_endpoint
def token(request: HttpRequest) -> dict[str, Any]:
    """The bearer token of a device that was allowed: `grant_type`, `device_code`, `client_id`."""
    kind = _parameter(request, "grant_type")
    if not kind:
        raise DeviceError(DeviceErrorCode.INVALID_REQUEST, "Send a grant_type.")
    if kind != GRANT_TYPE:
        raise DeviceError(DeviceErrorCode.UNSUPPORTED_GRANT_TYPE, f"The only grant_type is {GRANT_TYPE}.")
    device_code, client_id = _parameter(request, "device_code"), _parameter(request, "client_id")
    if not device_code or not client_id:
        raise DeviceError(DeviceErrorCode.INVALID_REQUEST, "Send device_code and client_id.")
    row, secret = poll_device(device_code=device_code, client_id=client_id)
    lasts = round((row.expires_at - row.created_at).total_seconds())
    answer = {"access_token": secret, "token_type": "Bearer", "expires_in": lasts}
    return answer if row.scopes is None else {**answer, "scope": " ".join(row.scopes)}


@require_safe
def metadata(request: HttpRequest) -> HttpResponseBase:
    """Where the endpoints are (RFC 8414)."""
    return JsonResponse(
        {
            "issuer": _address(request, ""),
            "device_authorization_endpoint": _address(request, "/oauth/device_authorization"),
            "token_endpoint": _address(request, "/oauth/token"),
            "grant_types_supported": [GRANT_TYPE],
            "response_types_supported": [],
            "token_endpoint_auth_methods_supported": ["none"],
            "scopes_supported": [scope.value for scope in GRANTABLE],
        }
    )


def _parameter(request: HttpRequest, name: str) -> str:
    """One parameter of the form; none may come twice (RFC 6749, section 3.2)."""
    found = request.POST.getlist(name)
    if len(found) > 1:
        raise DeviceError(DeviceErrorCode.INVALID_REQUEST, f"{name} came more than once.")
    value = found[0] if found else ""
    if "\0" in value:
        raise DeviceError(DeviceErrorCode.INVALID_REQUEST, f"{name} holds what no text holds.")
    return value


def _address(request: HttpRequest, path: str) -> str:
    base = settings.PUBLIC_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"
    return f"{base}{path}"
