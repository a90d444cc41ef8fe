"""Text from names and files of others, made fit for a terminal and for the catalogue."""

import unicodedata

# Marks that turn the direction of what follows them: what is shown would not be what is there.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Co"})


def is_readable(name: str) -> bool:
    """Whether a name of a file is UTF-8: what is not comes from the system with lone surrogates in it."""
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def shown(path: str) -> str:
    """A path as one line of plain text: what cannot be seen stands as its number."""
    return "".join(
        sign.encode("unicode_escape", "surrogatepass").decode("ascii")
        if sign in _TURNING or sign in "\u2028\u2029" or unicodedata.category(sign) in _UNSEEN
        else sign
        for sign in path
    )


def tidy(text: str, most: int) -> str:
    """One line of at most `most` characters, without what cannot be shown."""
    return " ".join(_kept(text, " ").split())[:most].strip()


def paragraphs(text: str, most: int) -> str:
    """Lines of at most `most` characters in all, without what cannot be shown."""
    lines = (" ".join(line.split()) for line in _kept(text.replace("\r\n", "\n"), "\n").split("\n"))
    return "\n".join(lines).strip()[:most].strip()


def _kept(text: str, blank: str) -> str:
    kept = (
        (sign if sign in blank else " ")
        if sign in "\n\r\t\u2028\u2029"
        else ""
        if sign in _TURNING or unicodedata.category(sign) in _UNSEEN
        else sign
        for sign in text
    )
    return unicodedata.normalize("NFC", "".join(kept))
