"""The one reader of the environment: typed, and it names what is wrong.

Every setting that an installation may change is read here through one of the methods below, so that a
bad value stops the start with the setting's name, the value's kind and an example, and so that the
documentation's test can list every name (`Env.names`). A secret, or an address that may hold one, may come
from a file: `NAME_FILE` wins over nothing and loses to `NAME`. What is secret is remembered (`Env.secrets`), so
that no log line shows it.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class Env:
    """Reads settings from `source` (the process's environment unless given) and remembers their names."""

    def __init__(self, source: Mapping[str, str] | None = None) -> None:
        self._source = os.environ if source is None else source
        self.names: dict[str, str] = {}
        self.secrets: set[str] = set()

    def _raw(self, name: str, what: str) -> str | None:
        self.names[name] = what
        value = self._source.get(name)
        return value if value not in (None, "") else None

    @staticmethod
    def _refuse(name: str, value: str, expected: str) -> ImproperlyConfigured:
        return ImproperlyConfigured(f"{name} is {value!r}, but must be {expected}.")

    def text(self, name: str, default: str, what: str) -> str:
        """A string; `default` where the variable is missing or empty."""
        return self._raw(name, what) or default

    def flag(self, name: str, default: bool, what: str) -> bool:
        """A boolean: 1/0, true/false, yes/no, on/off in any case."""
        value = self._raw(name, what)
        if value is None:
            return default
        if value.lower() in TRUE | FALSE:
            return value.lower() in TRUE
        raise self._refuse(name, value, "1 or 0")

    def whole(self, name: str, default: int, what: str, *, least: int = 0, most: int = 2**63 - 1) -> int:
        """A whole number between `least` and `most`."""
        value = self._raw(name, what)
        if value is None:
            return default
        try:
            number = int(value)
        except ValueError:
            raise self._refuse(name, value, "a whole number") from None
        if not least <= number <= most:
            raise self._refuse(name, value, f"between {least} and {most}")
        return number

    def choice(self, name: str, default: str, what: str, *, of: Sequence[str]) -> str:
        """One word of a list."""
        value = self._raw(name, what) or default
        if value not in of:
            raise self._refuse(name, value, "one of " + ", ".join(of))
        return value

    def words(self, name: str, default: Sequence[str], what: str) -> list[str]:
        """A list, separated by commas."""
        value = self._raw(name, what)
        if value is None:
            return list(default)
        return [word.strip() for word in value.split(",") if word.strip()]

    def address(self, name: str, default: str, what: str, *, schemes: Sequence[str]) -> str:
        """A URL whose scheme is one of `schemes`, from `NAME` or the file that `NAME_FILE` names.

        The value is never printed, since it may hold a password.
        """
        value = self._given_or_filed(name, what) or default
        try:
            parts = urlsplit(value)
            password = parts.password
        except ValueError:
            raise ImproperlyConfigured(f"{name} is no address.") from None
        if value and parts.scheme not in schemes:
            raise ImproperlyConfigured(
                f"{name} must start with one of: {', '.join(s + ':' for s in schemes)}"
            )
        self._keep_secret(password)
        return value

    def folder(self, name: str, default: Path, what: str) -> Path:
        """An absolute folder; a relative one is taken from the working directory."""
        value = self._raw(name, what)
        return (Path(value).expanduser() if value else default).resolve()

    def secret(self, name: str, what: str) -> str | None:
        """A secret from `NAME`, or from the file that `NAME_FILE` names; None where neither is set."""
        value = self._given_or_filed(name, what)
        self._keep_secret(value)
        return value

    def _keep_secret(self, value: str | None) -> None:
        # What is shorter may be anybody's word, and would be cut out of log lines everywhere.
        if value is not None and len(value) >= 8:
            self.secrets |= {value, unquote(value)}

    def _given_or_filed(self, name: str, what: str) -> str | None:
        value = self._raw(name, what)
        if value is not None:
            return value
        file_name = self._raw(f"{name}_FILE", f"File that holds {name}")
        if file_name is None:
            return None
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}.") from None


env = Env()
