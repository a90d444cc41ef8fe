"""The app's page: the built index.html with the installation's name and what the page asks first."""

import html
import json
import re
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import json_script
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from vod.pages.first import Answer, first_answers, largest_picture

NOT_BUILT = "The web app has not been built yet. Start Lantern with `make run`, which builds it."
ANSWERS_ID = "first-answers"
_WORDS = re.compile(r"src/locales/([\w-]+)\.po\Z")
_CODE = re.compile(r'<(?:link rel="modulepreload"|script type="module")(?= )')
# How wide the largest picture stands; as frontend/src/components/pictureSizes.ts says, or two would be fetched.
FULL_SIZES = "max(100vw, 80vh)"


@lru_cache(maxsize=1)
def _built(_changed: float) -> str:
    page = (settings.FRONTEND_DIST / "index.html").read_text(encoding="utf-8")
    name = html.escape(settings.SITE_NAME, quote=True)
    return page.replace('name="site-name" content="Lantern"', f'name="site-name" content="{name}"').replace(
        "<title>Lantern</title>", f"<title>{name}</title>"
    )


@lru_cache(maxsize=1)
def _files(_changed: float) -> dict[str, str]:
    """Addresses of the code of pages, by their sources; empty for a build without a manifest."""
    try:
        manifest = json.loads((settings.FRONTEND_DIST / ".vite" / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {source: f"{settings.STATIC_URL}app/{entry['file']}" for source, entry in manifest.items()}


# Django's own, since it pads each answer by chance: its length tells nothing of what is in it (BREACH).
@gzip_page
@require_safe
@never_cache
@ensure_csrf_cookie
def app_shell(request: HttpRequest) -> HttpResponse:
    """The React app's page, for every address that is the app's."""
    changed = _changed()
    if changed is None:
        return not_built()
    answers, files = first_answers(request), _files(changed)
    words = words_of(files).get(_language(request, answers, files))
    return HttpResponse(_with_answers(_built(changed), answers, files, words))


def not_built() -> HttpResponse:
    """What stands for the app where nobody has built it."""
    return HttpResponse(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")


def built_page() -> str | None:
    """The app's page without anything of anybody's, in whatever language; None where it has not been built."""
    changed = _changed()
    if changed is None:
        return None
    words = "".join(_link_to_code(file) for file in words_of(_files(changed)).values())
    return _built(changed).replace("</head>", f"{words}</head>", 1)


def words_of(files: dict[str, str]) -> dict[str, str]:
    """Addresses of the app's words by language."""
    return {found[1]: file for source, file in files.items() if (found := _WORDS.match(source))}


def _language(request: HttpRequest, answers: list[Answer], files: dict[str, str]) -> str:
    """The language that the app will choose (frontend/src/lib/i18n.ts): the profile's, then the browser's."""
    wanted = [tag for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    for answer in answers:
        viewer = answer.data.get("viewer") if answer.operation == "Viewer" else None
        if viewer and viewer["activeProfile"]:
            mine = [one for one in viewer["profiles"] if one["id"] == viewer["activeProfile"]["id"]]
            wanted = [one["language"] for one in mine if one["language"]] + wanted
    known = words_of(files)
    found = (part for tag in wanted for part in (tag, tag.split("-")[0]) if part in known)
    return next(found, "en")


def _changed() -> float | None:
    """When the app was built, None when it was not."""
    try:
        return (settings.FRONTEND_DIST / "index.html").stat().st_mtime
    except FileNotFoundError:
        return None


def _with_answers(page: str, answers: list[Answer], files: dict[str, str], words: str | None) -> str:
    operations = {answer.operation for answer in answers}
    source, box = "", ""
    if "Home" in operations:
        source, box = "src/app/FrontDoor.tsx", "hero-box"
    elif "TitlePage" in operations:
        source, box = "src/features/title/TitlePage.tsx", "hero-box title-box"
    picture = largest_picture(answers)
    if not answers:
        return page.replace("</head>", f"{_preload(None, [words] if words else [])}</head>", 1)
    # Data and no script: a browser never runs a block of this type, so the policy has no say in it (HTML, 4.12.1).
    block = json_script(
        [{"operation": a.operation, "variables": a.variables, "data": a.data} for a in answers], ANSWERS_ID
    )
    if picture:
        # The code is no use before there is something to see; over a slow network it would stand in the picture's way.
        page = _CODE.sub(r'\g<0> fetchpriority="low"', page)
    head = _preload(picture, [file for file in (files.get(source), words) if file])
    shown = _first_paint(picture, box) if picture else ""
    return page.replace("</head>", f"{head}</head>", 1).replace(
        '<div id="root">', f'{block}<div id="root">{shown}', 1
    )


def _preload(picture: tuple[str, str] | None, code: list[str]) -> str:
    """Links that begin at once what the app would only come to ask for: the largest picture, the page's code and words."""
    links = []
    if picture:
        links.append(
            f'<link rel="preload" as="image" fetchpriority="high" href="{html.escape(picture[0])}"'
            f"{_sizes('image', picture[1])}>"
        )
    return "".join([*links, *map(_link_to_code, code)])


def _link_to_code(file: str) -> str:
    return f'<link rel="modulepreload" crossorigin href="{html.escape(file)}" fetchpriority="low">'


def _first_paint(picture: tuple[str, str], box: str) -> str:
    """The largest picture where it will stand, for as long as the app is on its way; the app puts its own there."""
    return (
        f'<div class="{box}"><img class="first-picture" alt="" fetchpriority="high"'
        f'{_sizes("", picture[1])} src="{html.escape(picture[0])}"><div class="hero-scrim"></div></div>'
    )


def _sizes(prefix: str, srcset: str) -> str:
    return f' {prefix}sizes="{FULL_SIZES}" {prefix}srcset="{html.escape(srcset)}"' if srcset else ""
