"""From bytes to text, for files that do not say how they are written."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOK = 8192


def decode(data: bytes) -> str:
    """The text in ``data``: by its byte order mark, as UTF-8, as UTF-16 by its zeros, else as Windows-1252.

    A UTF-8 text with a few damaged bytes stays one. What is no text becomes one that is no subtitles.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    wide = _wide(data[:_LOOK])
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    letters = sum(1 for char in text if char > "\x7f") - damaged
    if damaged * 2 <= letters:
        return text
    # Of the 256 bytes five have no meaning in Windows-1252; in Latin-1 they are control characters.
    return data.decode("cp1252", "replace").replace("\ufffd", "")


def _wide(head: bytes) -> str:
    """UTF-16 of one or the other order: its spaces, digits and line breaks have a zero on one side. Or empty."""
    high, low = head[0::2].count(0), head[1::2].count(0)
    if low > 4 * high and low * 20 > len(head):
        return "utf-16-le"
    if high > 4 * low and high * 20 > len(head):
        return "utf-16-be"
    return ""
