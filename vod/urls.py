"""Every address of the product, by who answers it."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from accounts.authentication import actor_of
from vod import pages
from vod.lib.graphql.view import GraphQLView
from vod.operations import known_operations
from vod.schema import schema

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "graphql/",
        GraphQLView.as_view(schema=schema.graphql_schema, actor_of=actor_of, operations=known_operations()),
    ),
    path("api/uploads/", include("transcoding.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="openapi"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="openapi")),
    path("api/playback/", include("playback.urls.beacons")),
    path("stream/", include("playback.urls.stream")),
    path("previews/", include("playback.urls.previews")),
    path("internal/", include("playback.urls.edge")),
    path("images/", include("catalog.urls")),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("accounts.headless")),
    path("_allauth/", include("allauth.headless.urls")),
    path("favicon.ico", pages.favicon),
    path("manifest.webmanifest", pages.manifest),
    path("sw.js", pages.service_worker),
    path("offline/", pages.offline),
    # Everything else is the app's; it knows its own addresses and says so when there is no such page.
    re_path(
        r"^(?!static/|api/|_allauth/|oauth/|internal/|stream/|previews/|images/|graphql).*$", pages.app_shell
    ),
]

handler404 = "vod.pages.not_found"
