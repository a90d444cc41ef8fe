from django.urls import URLPattern, path

from catalog import api

urlpatterns: list[URLPattern] = [path("<str:signature>/<path:key>", api.image, name="image")]
