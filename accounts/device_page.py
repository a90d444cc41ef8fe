"""The plain page on which a person enters the code of a television: for any browser, also without the web app."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.authentication import actor_of
from accounts.device_codes import as_shown
from accounts.errors import AccountError
from accounts.models import DeviceGrant
from accounts.services.decide_device import decide_device, review_device
from vod.lib.http import client_address


class CodeForm(forms.Form):
    user_code = forms.CharField(
        label="Code on the screen of the device",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "autofocus": True}
        ),
    )


@never_cache
@login_required(login_url="/accounts/login/")
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """Takes the code, shows who asks, takes the decision. A code in the address only fills the field in."""
    if request.method != "POST":
        return _page(request, CodeForm(initial={"user_code": request.GET.get("user_code", "")}))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    actor = actor_of(request)[0]
    typed, where = form.cleaned_data["user_code"], client_address(request)
    decision = request.POST.get("decision", "")
    try:
        if decision in ("allow", "deny"):
            allow = decision == "allow"
            grant = decide_device(actor=actor, user_code=typed, allow=allow, client_address=where)
            return _page(request, None, grant)
        return _page(request, None, review_device(actor=actor, user_code=typed, client_address=where))
    except AccountError as error:
        form.add_error("user_code", error.message)
        return _page(request, form)


def _page(request: HttpRequest, form: CodeForm | None, grant: DeviceGrant | None = None) -> HttpResponse:
    shown = as_shown(grant.user_code) if grant else ""
    return render(request, "accounts/device.html", {"form": form, "grant": grant, "shown": shown})
