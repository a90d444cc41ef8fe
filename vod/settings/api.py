"""What one request to the API may ask: its size, its documents, the schema itself."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from vod.settings.core import BASE_DIR, PRODUCTION
from vod.settings.env import env

GRAPHQL_MAX_BYTES = env.whole(
    "GRAPHQL_MAX_BYTES", 64 * 1024, "Bytes of one request to the API", least=4096, most=16 * 2**20
)
GRAPHQL_MAX_TOKENS = env.whole(
    "GRAPHQL_MAX_TOKENS", 2000, "Tokens of one document of the API", least=600, most=20_000
)
GRAPHQL_MAX_DEPTH = env.whole("GRAPHQL_MAX_DEPTH", 12, "Levels of one operation", least=9, most=50)
GRAPHQL_MAX_ALIASES = env.whole(
    "GRAPHQL_MAX_ALIASES", 30, "Aliases of one operation, fragments expanded", most=1000
)
GRAPHQL_MAX_COST = env.whole(
    "GRAPHQL_MAX_COST", 150_000, "Fields that one operation may come to, page sizes multiplied", least=50_000
)
GRAPHQL_INTROSPECTION = env.choice(
    "GRAPHQL_INTROSPECTION",
    "operators" if PRODUCTION else "everybody",
    "Who may ask the API for its schema",
    of=("everybody", "operators", "nobody"),
)
GRAPHQL_OPERATIONS = env.text(
    "GRAPHQL_OPERATIONS", "", "Manifest of the only operations that are answered; all where it is empty"
)
GRAPHQL_OPERATORS_ASK_FREELY = env.flag(
    "GRAPHQL_OPERATORS_ASK_FREELY", False, "Operators may ask what no manifest names"
)
# What the web app asks is always answered; `npm run codegen` writes it.
GRAPHQL_WEB_OPERATIONS = BASE_DIR / "vod" / "web_operations.json"

if GRAPHQL_OPERATIONS and not Path(GRAPHQL_OPERATIONS).is_file():
    raise ImproperlyConfigured(
        f"GRAPHQL_OPERATIONS is {GRAPHQL_OPERATIONS!r}, where there is no file. "
        "Name a manifest of persisted operations, or leave it out to answer all."
    )
