"""The product's addresses, and before them the plain list."""

from django.urls import path

from tests.bench.plain_api import TitleList
from vod.urls import handler404 as handler404
from vod.urls import urlpatterns as of_the_product

urlpatterns = [path("api/plain/titles/", TitleList.as_view()), *of_the_product]
