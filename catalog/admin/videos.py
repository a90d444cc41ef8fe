"""What can be watched."""

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from catalog.admin.showing import STATES, state_of
from catalog.models import Marker, Video


class MarkerInline(TabularInline):
    model = Marker
    fields = ("kind", "start_seconds", "end_seconds")
    extra = 0


@admin.register(Video)
class VideoAdmin(ModelAdmin):
    list_display = ("name", "title", "kind", "state", "asset", "pending_asset")
    list_filter = ("kind",)
    list_select_related = ("title", "asset", "pending_asset")
    search_fields = ("name", "title__name")
    autocomplete_fields = ("title",)
    raw_id_fields = ("asset", "pending_asset", "episode")
    inlines = (MarkerInline,)
    ordering = ("-id",)

    @display(description="State", label=STATES)
    def state(self, video: Video) -> str:
        return state_of(video)
