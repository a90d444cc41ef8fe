"""A strict reader of playlists: what RFC 8216's second edition asks of a finished folder, and whether the files agree.

It shares no code with what writes them but the reader of boxes. Numbers in brackets are sections of the draft.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path, PurePosixPath

from transcoding.engine import boxes

# 4.2: names, and what a value may look like.
_ATTRIBUTE = re.compile(
    r'(?P<name>[A-Z0-9-]+)=(?:"(?P<quoted>[^"\r\n]*)"|(?P<bare>[^",\s][^",]*))(?P<end>,|$)'
)
_NUMBER, _DECIMAL, _SIZE, _WORD = r"[0-9]{1,20}", r"[0-9]+(\.[0-9]+)?", r"[0-9]+x[0-9]+", r"[A-Z0-9-]+"
_QUOTED = None
_Rules = dict[str, str | None]
_MEDIA: _Rules = {
    "TYPE": "AUDIO|SUBTITLES", "GROUP-ID": _QUOTED, "NAME": _QUOTED, "LANGUAGE": _QUOTED, "DEFAULT": "YES|NO",
    "AUTOSELECT": "YES|NO", "FORCED": "YES|NO", "CHARACTERISTICS": _QUOTED, "CHANNELS": _QUOTED, "URI": _QUOTED,
}  # fmt: skip
# EXTINF is rounded to a millionth, which tells in a film of a few pictures.
_ROUNDED = Fraction(99_999, 100_000)
_COMMON: _Rules = {
    "BANDWIDTH": _NUMBER, "AVERAGE-BANDWIDTH": _NUMBER, "CODECS": _QUOTED, "RESOLUTION": _SIZE,
    "VIDEO-RANGE": "SDR|HLG|PQ",
}  # fmt: skip
_VARIANT: _Rules = {
    **_COMMON,
    "FRAME-RATE": _DECIMAL,
    "AUDIO": _QUOTED,
    "SUBTITLES": _QUOTED,
    "CLOSED-CAPTIONS": "NONE",
}
_KEY_FRAMES: _Rules = {**_COMMON, "URI": _QUOTED}
_RULES: dict[str, tuple[_Rules, set[str]]] = {
    "EXT-X-MEDIA": (_MEDIA, {"TYPE", "GROUP-ID", "NAME", "URI", "DEFAULT", "AUTOSELECT"}),
    "EXT-X-STREAM-INF": (_VARIANT, {*_COMMON, "FRAME-RATE", "CLOSED-CAPTIONS"}),
    "EXT-X-I-FRAME-STREAM-INF": (_KEY_FRAMES, set(_KEY_FRAMES)),
    "EXT-X-MAP": ({"URI": _QUOTED}, {"URI"}),
}
_MASTER_TAGS = {"EXT-X-MEDIA", "EXT-X-STREAM-INF", "EXT-X-I-FRAME-STREAM-INF"}
_MEDIA_TAGS = {
    "EXT-X-TARGETDURATION", "EXT-X-MEDIA-SEQUENCE", "EXT-X-PLAYLIST-TYPE", "EXT-X-I-FRAMES-ONLY", "EXT-X-MAP",
    "EXT-X-BYTERANGE", "EXT-X-ENDLIST", "EXTINF",
}  # fmt: skip
_ANY_TAGS = {"EXTM3U", "EXT-X-VERSION", "EXT-X-INDEPENDENT-SEGMENTS"}

Attributes = dict[str, str]


@dataclass
class Part:
    """A line of media: its file, seconds, and the bytes of it, from the first on."""

    path: Path
    seconds: Fraction
    start: int
    size: int


@dataclass
class Media:
    """A media playlist that was read."""

    path: Path
    target: int
    kind: str
    ended: bool
    key_frames_only: bool
    init: Path | None
    parts: list[Part]

    @property
    def seconds(self) -> Fraction:
        return sum((part.seconds for part in self.parts), Fraction(0))

    @property
    def average(self) -> Fraction:
        return sum(part.size for part in self.parts) * 8 / self.seconds

    @property
    def peak(self) -> Fraction:
        """Of any run of segments of half to one and a half target durations (4.4.6.2)."""
        rates = []
        for first in range(len(self.parts)):
            for end in range(first + 1, len(self.parts) + 1):
                run = self.parts[first:end]
                length = sum((part.seconds for part in run), Fraction(0))
                if length * 2 > self.target * 3:
                    break
                if length * 2 >= self.target:
                    rates.append(sum(part.size for part in run) * 8 / length)
        return max(rates, default=self.average)


@dataclass
class Master:
    """A master playlist that was read."""

    path: Path
    media: list[Attributes] = field(default_factory=list)
    variants: list[tuple[Attributes, str]] = field(default_factory=list)
    key_frames: list[Attributes] = field(default_factory=list)


def judge(master: Path) -> Master:
    """Read a master and all that it leads to. Raises AssertionError with what is wrong."""
    read = read_master(master)
    _judge_groups(read)
    streams = {uri: read_media(_inside(master, uri)) for uri in _uris(read)}
    sound_and_picture = [
        media for uri, media in streams.items() if uri not in {one["URI"] for one in _of(read, "SUBTITLES")}
    ]
    targets = {media.target for media in sound_and_picture if not media.key_frames_only}
    assert len(targets) == 1, f"target durations differ: {targets} (6.2.4)"
    for media in streams.values():
        _judge_media(media)
    lengths = [media.seconds for media in sound_and_picture]
    assert max(lengths) - min(lengths) < Fraction(1, 10), (
        f"renditions end at {[float(one) for one in lengths]}"
    )
    for attributes, uri in read.variants:
        _judge_variant(read, attributes, streams[uri], streams)
    for attributes in read.key_frames:
        _judge_key_frames(attributes, streams[attributes["URI"]])
    return read


def read_master(path: Path) -> Master:
    """The tags of a master playlist."""
    master, waiting = Master(path), None
    for name, value, uri in _lines(path):
        assert name not in _MEDIA_TAGS, f"{name} is no tag of a master (4.1)"
        if uri is not None:
            assert waiting is not None, f"{uri} follows no EXT-X-STREAM-INF"
            master.variants.append((waiting, uri))
            waiting = None
            continue
        assert waiting is None, "a variant has no URI on the next line (4.4.6.2)"
        if name == "EXT-X-MEDIA":
            master.media.append(attributes_of(name, value))
        elif name == "EXT-X-STREAM-INF":
            waiting = attributes_of(name, value)
        elif name == "EXT-X-I-FRAME-STREAM-INF":
            master.key_frames.append(attributes_of(name, value))
    assert waiting is None and master.variants, f"{path} has no variant"
    return master


def read_media(path: Path) -> Media:
    """The tags of a media playlist, with the files that it names."""
    tags: dict[str, str] = {}
    parts: list[Part] = []
    seconds: Fraction | None = None
    span: tuple[int, int] | None = None
    for name, value, uri in _lines(path):
        assert name not in _MASTER_TAGS, f"{name} is no tag of a media playlist (4.1)"
        assert "EXT-X-ENDLIST" not in tags, "something follows the end"
        if name == "EXTINF":
            assert re.fullmatch(_DECIMAL + ",", value), f"EXTINF:{value}"
            seconds = Fraction(value[:-1])
        elif name == "EXT-X-BYTERANGE":
            found = re.fullmatch(rf"({_NUMBER})@({_NUMBER})", value)
            assert found, f"EXT-X-BYTERANGE:{value}"
            span = int(found[2]), int(found[1])
        elif uri is not None:
            assert seconds is not None, f"{uri} has no EXTINF (4.4.4.1)"
            file = _inside(path, uri)
            start, size = span or (0, file.stat().st_size)
            assert size > 0 and start + size <= file.stat().st_size, f"{uri} has no bytes {start}+{size}"
            parts.append(Part(file, seconds, start, size))
            seconds = span = None
        else:
            assert name not in tags, f"{name} stands twice in {path}"
            tags[name] = value
    assert seconds is None and span is None, f"{path} ends in the middle"
    init = attributes_of("EXT-X-MAP", tags["EXT-X-MAP"])["URI"] if "EXT-X-MAP" in tags else None
    return Media(
        path=path,
        target=int(tags["EXT-X-TARGETDURATION"]),
        kind=tags.get("EXT-X-PLAYLIST-TYPE", ""),
        ended="EXT-X-ENDLIST" in tags,
        key_frames_only="EXT-X-I-FRAMES-ONLY" in tags,
        init=None if init is None else _inside(path, init),
        parts=parts,
    )


def attributes_of(tag: str, text: str) -> Attributes:
    """An attribute list (4.2), by the rules of its tag."""
    allowed, needed = _RULES[tag]
    found: Attributes = {}
    position = 0
    while position < len(text):
        match = _ATTRIBUTE.match(text, position)
        assert match, f"{tag}: no attribute at {text[position:]!r}"
        name = match["name"]
        assert name in allowed, f"{tag} has no {name}"
        assert name not in found, f"{tag} has {name} twice"
        pattern = allowed[name]
        assert (match["quoted"] is not None) == (pattern is _QUOTED), f"{tag}: quotes of {name}"
        assert pattern is None or re.fullmatch(pattern, match["bare"]), f"{tag}: {name}={match['bare']}"
        found[name] = match["bare"] if match["quoted"] is None else match["quoted"]
        position = match.end()
        assert match["end"] or position == len(text), text
    assert not text.endswith(","), f"{tag} ends with a comma"
    assert needed <= set(found), f"{tag} lacks {sorted(needed - set(found))}"
    return found


def _lines(path: Path) -> list[tuple[str, str, str | None]]:
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw, (
        "a byte order mark, or carriage returns (4.1)"
    )
    text = raw.decode("utf-8")
    assert text.isascii() or text.isprintable() or all(c.isprintable() or c == "\n" for c in text), (
        "control characters"
    )
    assert text.startswith("#EXTM3U\n") and text.endswith("\n"), f"{path} does not begin or end as a playlist"
    found: list[tuple[str, str, str | None]] = []
    for line in text.splitlines():
        assert line and line == line.strip(), f"{path} has a blank line or spaces"
        if not line.startswith("#"):
            found.append(("", "", line))
            continue
        name, _, value = line[1:].partition(":")
        assert name in _MASTER_TAGS | _MEDIA_TAGS | _ANY_TAGS, f"{line} is no tag of ours"
        if name == "EXT-X-VERSION":
            # EXT-X-MAP outside of I-frame playlists needs 6 (8).
            assert int(value) >= 6, line
        found.append((name, value, None))
    names = [name for name, _value, _uri in found]
    for once in ("EXTM3U", "EXT-X-VERSION"):
        assert names.count(once) == 1, f"{path}: {once} stands {names.count(once)} times"
    return found


def _inside(playlist: Path, uri: str) -> Path:
    relative = PurePosixPath(uri)
    assert not relative.is_absolute() and ".." not in relative.parts and ":" not in uri, f"{uri} leads away"
    file = playlist.parent / relative
    assert file.is_file(), f"{playlist} names {uri}, which is not there"
    return file


def _uris(master: Master) -> list[str]:
    named = [one["URI"] for one in (*master.media, *master.key_frames)]
    return list(dict.fromkeys([*named, *(uri for _attributes, uri in master.variants)]))


def _of(master: Master, kind: str, group: str | None = None) -> list[Attributes]:
    return [one for one in master.media if one["TYPE"] == kind and group in (None, one["GROUP-ID"])]


def _judge_groups(master: Master) -> None:
    """4.4.6.1 and 4.4.6.1.1."""
    for kind in ("AUDIO", "SUBTITLES"):
        groups = list(dict.fromkeys(one["GROUP-ID"] for one in _of(master, kind)))
        used = {attributes.get(kind) for attributes, _uri in master.variants}
        there: set[str | None] = {*groups} or {None}
        assert used == there, f"{kind}: variants name {used}, there are {groups}"
        shapes = []
        for group in groups:
            members = _of(master, kind, group)
            names = [one["NAME"] for one in members]
            assert len(set(names)) == len(names) and all(names), f"names of {group}: {names}"
            assert sum(one["DEFAULT"] == "YES" for one in members) <= 1, f"{group} has several defaults"
            alone = [_marks(one) for one in members if one["AUTOSELECT"] == "YES"]
            assert len(set(alone)) == len(alone), f"{group}: a player cannot tell which to select"
            shapes.append([{key: one.get(key) for key in _MEDIA if key not in ("GROUP-ID", "URI", "CHANNELS")}
                           for one in members])  # fmt: skip
        assert all(shape == shapes[0] for shape in shapes), f"groups of {kind} do not correspond"
    for one in master.media:
        assert one["DEFAULT"] == "NO" or one["AUTOSELECT"] == "YES", (
            f"{one['NAME']} is a default that is not selected"
        )
        assert one["TYPE"] == "SUBTITLES" or "FORCED" not in one, "FORCED is for subtitles"
        assert (one["TYPE"] == "AUDIO") == ("CHANNELS" in one), f"CHANNELS of {one['NAME']}"
    seen = [(uri, attributes.get("AUDIO")) for attributes, uri in master.variants]
    assert len(set(seen)) == len(seen), "a variant stands twice with the same sound"


def _marks(one: Attributes) -> tuple[str | None, ...]:
    return tuple(one.get(key) for key in ("LANGUAGE", "FORCED", "CHARACTERISTICS", "CHANNELS"))


def _judge_media(media: Media) -> None:
    assert media.ended and media.kind == "VOD", f"{media.path} is not finished"
    for part in media.parts:
        # Rounded to the nearest whole second (4.4.3.1).
        assert int(part.seconds + Fraction(1, 2)) <= media.target, f"{part.path} is longer than its target"
    files = [part.path for part in media.parts]
    assert files and len(set(files)) == len(files), f"{media.path} names a segment twice, or none"
    if media.init is None:
        assert [part.path.read_bytes()[:6] for part in media.parts] == [b"WEBVTT"], f"{media.path} has no map"


def _judge_variant(master: Master, attributes: Attributes, picture: Media, streams: dict[str, Media]) -> None:
    assert picture.init is not None
    head = boxes.track_head(picture.init.read_bytes())
    sounds = [streams[one["URI"]] for one in _of(master, "AUDIO", attributes.get("AUDIO", ""))]
    texts = [streams[one["URI"]] for one in _of(master, "SUBTITLES", attributes.get("SUBTITLES", ""))]
    codecs = {boxes.codecs_of(sound.init.read_bytes()) for sound in sounds if sound.init}
    assert set(attributes["CODECS"].split(",")) == {head.codecs, *codecs}, attributes["CODECS"]
    assert attributes["RESOLUTION"] == f"{head.width}x{head.height}", attributes["RESOLUTION"]
    peak = (
        picture.peak
        + max((one.peak for one in sounds), default=0)
        + max((one.peak for one in texts), default=0)
    )
    assert int(attributes["BANDWIDTH"]) >= peak * _ROUNDED, (
        f"BANDWIDTH={attributes['BANDWIDTH']}, the peak is {float(peak)}"
    )
    assert int(attributes["BANDWIDTH"]) <= peak * Fraction(101, 100) + 100, "BANDWIDTH is not the peak"
    average = picture.average + max((one.average for one in sounds), default=0)
    told = int(attributes["AVERAGE-BANDWIDTH"])
    assert average * _ROUNDED <= told <= int(attributes["BANDWIDTH"]), (
        f"AVERAGE-BANDWIDTH={told}, it is {float(average)}"
    )
    frames = 0
    for part in picture.parts:
        whole = picture.init.read_bytes() + part.path.read_bytes()
        frames += sum(len(fragment.sizes) for fragment in boxes.fragments(whole))
    rate = frames / picture.seconds
    assert abs(Fraction(attributes["FRAME-RATE"]) - rate) < Fraction(1, 100), f"FRAME-RATE is {float(rate)}"


def _judge_key_frames(attributes: Attributes, media: Media) -> None:
    """4.4.3.6 and 4.4.6.3: each range is one picture that needs no other."""
    assert media.key_frames_only and media.init is not None
    init = media.init.read_bytes()
    assert attributes["CODECS"] == boxes.codecs_of(init)
    assert int(attributes["BANDWIDTH"]) >= media.peak * _ROUNDED
    for part in media.parts:
        data = part.path.read_bytes()
        (fragment, *_) = boxes.fragments(init + data)
        assert fragment.starts_with_sync
        assert part.start == fragment.moof_start - len(init), (
            f"{part.path}: the range does not begin with its moof"
        )
        end = fragment.data_start - len(init) + fragment.sizes[0]
        assert part.start + part.size == end, f"{part.path}: the range does not end with its first picture"
