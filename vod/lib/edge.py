"""The configuration of an edge: the templates in deploy/nginx/ with an installation's own values.

A template is what envsubst takes too, so that the official nginx image fills in the same files by itself.
"""

import re
from collections.abc import Mapping
from pathlib import Path

#: What each name stands for; docs/delivery.md says it at length. A test holds that no template knows another.
NAMES = {
    "LANTERN_NAME": "host names of the site, with spaces",
    "LANTERN_LISTEN": "tls, or plain where something in front ends TLS",
    "LANTERN_SCHEME": "https, or http where nobody ends TLS; with plain",
    "LANTERN_PORT": "port of plain HTTP",
    "LANTERN_TLS_PORT": "port of TLS",
    "LANTERN_TLS": "folder of fullchain.pem and privkey.pem",
    "LANTERN_WEB": "address of the application's pages and API",
    "LANTERN_BYTES": "address of the role that takes uploads",
    "EDGE_SECRET": "the application's EDGE_SECRET",
    "LANTERN_OBJECTS": "s3 or disk",
    "LANTERN_OBJECTS_ROOT": "folder of the objects, with disk",
    "LANTERN_RESOLVER": "name server for the store's address, with s3",
    "LANTERN_CA": "file of the authorities that the store's certificate is judged by, with s3",
    "LANTERN_BUILD": "folder that holds static/, the collected static files",
    "LANTERN_CACHE": "folder of the caches; nobody else's",
    "LANTERN_CACHE_SIZE": "what objects may take there",
    "LANTERN_CONNECTIONS": "connections of one client address",
    "LANTERN_REQUESTS": "requests a second of one client address, media and uploads aside",
    "LANTERN_LOGS": "folder of the logs",
    "LANTERN_USER": "whom nginx's workers run as",
}
DEFAULTS = {
    "LANTERN_LISTEN": "tls",
    "LANTERN_SCHEME": "https",
    "LANTERN_PORT": "80",
    "LANTERN_TLS_PORT": "443",
    "LANTERN_TLS": "/etc/lantern/tls",
    "LANTERN_WEB": "127.0.0.1:8000",
    "LANTERN_BYTES": "127.0.0.1:8000",
    "LANTERN_RESOLVER": "127.0.0.53",
    "LANTERN_CA": "/etc/ssl/certs/ca-certificates.crt",
    "LANTERN_CACHE": "/var/cache/nginx",
    "LANTERN_CACHE_SIZE": "50g",
    "LANTERN_CONNECTIONS": "200",
    "LANTERN_REQUESTS": "100",
    "LANTERN_LOGS": "/var/log/nginx",
    "LANTERN_USER": "www-data",
}
_NAME = re.compile(r"\$\{([A-Z_]+)\}")
# What a value may hold: none of nginx's own signs, so that a value stays one.
_VALUE = re.compile(r"[^\s;{}\"'\\$#]+(?: [^\s;{}\"'\\$#]+)*")
_SUFFIX = ".template"


def render(source: Path, target: Path, values: Mapping[str, str]) -> None:
    """Writes the configuration below `source` to `target`, with every `${NAME}` replaced.

    Raises ValueError that names a value which is missing, or which nginx would not take for one.
    """
    chosen = {**DEFAULTS, **values}
    for path in sorted(source.rglob(f"*{_SUFFIX}")):
        text = _NAME.sub(lambda found: _value(found[1], chosen), path.read_text(encoding="utf-8"))
        place = (target / path.relative_to(source)).with_suffix("")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        # It holds the secret.
        place.chmod(0o640)


def _value(name: str, chosen: Mapping[str, str]) -> str:
    value = chosen.get(name, "")
    if not _VALUE.fullmatch(value):
        raise ValueError(f"{name} ({NAMES.get(name, 'unknown')}) is {value!r}, which cannot stand there.")
    return value
