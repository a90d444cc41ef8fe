"""The admin's look: the product's amber, and its rows grouped by what operators do."""

from django.urls import reverse_lazy

from vod.settings.core import SITE_NAME


def _item(title: str, icon: str, model: str) -> dict[str, object]:
    return {"title": title, "icon": icon, "link": reverse_lazy(f"admin:{model}_changelist")}


def _group(title: str, *items: dict[str, object]) -> dict[str, object]:
    return {"title": title, "separator": True, "items": list(items)}


UNFOLD = {
    "SITE_TITLE": SITE_NAME,
    "SITE_HEADER": SITE_NAME,
    "SITE_URL": "/",
    "SITE_SYMBOL": "movie",
    "SHOW_HISTORY": True,
    "LOGIN": {"form": "accounts.forms.OperatorSignInForm"},
    "SIDEBAR": {
        "show_search": True,
        "navigation": [
            _group(
                "Library",
                _item("Titles", "movie", "catalog_title"),
                _item("Seasons", "stacks", "catalog_season"),
                _item("Episodes", "video_library", "catalog_episode"),
                _item("Videos", "play_circle", "catalog_video"),
                _item("Genres", "category", "catalog_genre"),
                _item("People in films", "groups", "catalog_person"),
            ),
            _group(
                "Factory",
                _item("Uploads", "upload", "transcoding_upload"),
                _item("Assets", "movie_edit", "transcoding_asset"),
                _item("Versions", "layers", "transcoding_assetversion"),
                _item("Renditions", "high_quality", "transcoding_rendition"),
                _item("Jobs", "assignment", "transcoding_job"),
                _item("Chunks", "view_module", "transcoding_chunk"),
            ),
            _group(
                "Watching",
                _item("Streams", "live_tv", "playback_playbacksession"),
                _item("Positions", "schedule", "playback_progress"),
                _item("Lists", "bookmark", "playback_listentry"),
                _item("Ratings", "thumb_up", "playback_rating"),
            ),
            _group(
                "Accounts",
                _item("Users", "person", "accounts_user"),
                _item("Profiles", "face", "accounts_profile"),
                _item("Invitations", "mail", "accounts_invitation"),
                _item("Plans", "sell", "accounts_plan"),
                _item("Access tokens", "key", "accounts_accesstoken"),
            ),
        ],
    },
    "COLORS": {
        "primary": {
            "50": "oklch(98% 0.02 80)",
            "100": "oklch(95% 0.05 80)",
            "200": "oklch(91% 0.09 79)",
            "300": "oklch(87% 0.13 78)",
            "400": "oklch(82% 0.15 76)",
            "500": "oklch(77% 0.15 73)",
            "600": "oklch(67% 0.14 68)",
            "700": "oklch(56% 0.12 62)",
            "800": "oklch(47% 0.1 58)",
            "900": "oklch(40% 0.08 55)",
            "950": "oklch(28% 0.06 52)",
        }
    },
}
