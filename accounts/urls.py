"""Addresses for devices, the plain page for their codes, and one's data as a file."""

from django.urls import URLPattern, path

from accounts import oauth
from accounts.api.export import ExportView
from accounts.device_page import device

urlpatterns: list[URLPattern] = [
    path("api/account/export/<str:signed>", ExportView.as_view(), name="export-account"),
    path("oauth/device_authorization", oauth.device_authorization),
    path("oauth/token", oauth.token),
    path(".well-known/oauth-authorization-server", oauth.metadata),
    path("accounts/device/", device, name="device"),
]
