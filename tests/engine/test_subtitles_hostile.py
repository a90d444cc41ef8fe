"""Subtitles of no good will: refused, or reduced to plain cues, in linear time."""

import random
import re

import pytest

from transcoding.engine.subtitles.cues import MAX_CHARS, MAX_LINES, Payload
from transcoding.engine.subtitles.faults import SubtitleFault, UnusableSubtitles
from transcoding.engine.subtitles.reading import MAX_BYTES, read_subtitles
from transcoding.engine.subtitles.webvtt import write_webvtt

SRT = "1\n00:00:01,500 --> 00:00:02,750\n{}\n"


def fault_of(content: str | bytes, duration: int | None = None) -> SubtitleFault:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(UnusableSubtitles) as refused:
        read_subtitles(data, duration=duration)
    return refused.value.fault


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE tt [<!ENTITY c SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE tt SYSTEM "http://127.0.0.1/tt.dtd">',
        "<!DOCTYPE tt>",
    ],
)
def test_xml_that_declares_anything_is_refused(head: str) -> None:
    body = '<tt><body><div><p begin="0s" end="1s">&c;</p></div></body></tt>'

    assert fault_of(head + body) == SubtitleFault.NOT_SUBTITLES


@pytest.mark.parametrize(
    "content",
    [
        "",
        "just words",
        "#EXTM3U\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "<html><body>-->hi</body></html>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<tt><body><div><p begin='0s' end='1s'>unclosed",
        "<tt>" + "<div>" * 100 + "</div>" * 100 + "</tt>",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1f",
        b"PK\x03\x04\x14\0\0\0",
    ],
)
def test_what_is_no_subtitles_is_refused(content: str | bytes) -> None:
    assert fault_of(content) == SubtitleFault.NOT_SUBTITLES


def test_too_much_is_refused_or_cut() -> None:
    payload = Payload()
    payload.add("x" * MAX_CHARS + "\n" + "y")
    lines = Payload()
    lines.add("\n".join("abc" for _ in range(100)))

    assert payload.render() == "x" * MAX_CHARS
    assert len(lines.render().split("\n")) == MAX_LINES
    assert fault_of(SRT.format("x") + " " * MAX_BYTES) == SubtitleFault.TOO_LARGE
    assert fault_of("00:00:00,000 --> 00:00:01,000\n\n" * 100_001) == SubtitleFault.TOO_LARGE


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        (SRT.format(""), "<"),
        (SRT.format(""), "{\\"),
        (SRT.format(""), "<a"),
        (SRT.format(""), "&#9"),
        ("", "-->\n"),
        ("WEBVTT\n\n", "<" * 50 + "\n"),
        ("[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,D,,0,0,0,,", "{\\i"),
        ("<tt><body>", "<div>"),
        ("<tt ", 'a="'),
    ],
)
def test_hostile_text_is_read_in_linear_time(head: str, unit: str) -> None:
    # A pattern that backtracks would take hours for this; a second is plenty.
    text = head + unit * (1_000_000 // len(unit))

    try:
        cues = read_subtitles(text.encode(), duration=10_000)
    except UnusableSubtitles:
        cues = ()

    assert all(len(cue.text) <= 8 * MAX_CHARS for cue in cues)


PIECES = [
    *(
        "<",
        ">",
        "&",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<u>",
        "</u>",
        "<script>",
        "</script>",
        "<v Bob>",
        "</",
        "/>",
    ),
    *(
        "&lt;",
        "&gt;",
        "&amp;",
        "&nbsp;",
        "&#10;",
        "&#13;",
        "&#0;",
        "&#x2028;",
        "&amp;lt;",
        "-->",
        "{\\an8}",
        "{",
    ),
    *(
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        " ",
        "\t",
        "\0",
        "\u2028",
        "\u00a0",
        "\u3000",
        "\u202e",
        "\ufeff",
        "\x85",
        "\x0c",
    ),
    *(
        "WEBVTT",
        "NOTE",
        "STYLE",
        "12",
        "a",
        "é",
        "漢",
        "😀",
        "\\N",
        "{\\i1}",
        "{\\p1}",
        "}",
        "<br/>",
        "<p>",
        "]]>",
    ),
    *(
        "00:00:01,000 --> 00:00:02,000",
        "00:01.000 --> 00:03.000 line:0\n",
        "\n\n00:00:02.000 --> 00:00:04.000\n",
    ),
]
WRAPPERS = [
    "{}",
    "1\n00:00:01,000 --> 00:00:09,000\n{}\n",
    "WEBVTT\n\n00:01.000 --> 00:09.000\n{}\n",
    "[Events]\nDialogue: 0,0:00:01.00,0:00:09.00,D,,0,0,0,,{}\n",
    '<tt><body><div><p begin="1s" end="9s">{}</p></div></body></tt>',
]
SAFE_LINE = re.compile(r"(?:[^<>&\x00-\x1f\x7f-\x9f]|&amp;|&lt;|&gt;|</?[biu]>)+")


@pytest.mark.parametrize("seed", range(400))
def test_whatever_comes_in_only_plain_cues_go_out_and_they_come_back_the_same(seed: int) -> None:
    chance = random.Random(seed)
    body = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 60)))
    data = bytearray(chance.choice(WRAPPERS).replace("{}", body).encode(chance.choice(["utf-8", "utf-16"])))
    for _ in range(chance.choice([0, 0, 3])):
        data[chance.randrange(len(data))] = chance.randrange(256)

    try:
        cues = read_subtitles(bytes(data), duration=20_000)
    except UnusableSubtitles:
        return

    written = write_webvtt(cues)
    assert read_subtitles(written.encode()) == cues
    assert written.startswith("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n")
    assert written.count("-->") == len(cues)
    assert list(cues) == sorted(cues)
    for cue in cues:
        assert 0 <= cue.start < cue.end <= 20_000
        for line in cue.text.split("\n"):
            assert SAFE_LINE.fullmatch(line), line
            for style in "biu":
                assert line.count(f"<{style}>") == line.count(f"</{style}>")
