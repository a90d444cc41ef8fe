"""Subtitles as bytes: every format and character set to the same cues, nothing harmful through, nothing slow."""

import pytest

from transcoding.engine.subtitles.cues import Cue
from transcoding.engine.subtitles.faults import SubtitleFault, UnusableSubtitles
from transcoding.engine.subtitles.reading import read_subtitles

SRT = "1\n00:00:01,500 --> 00:00:02,750\n{}\n"
VTT = "WEBVTT\n\n00:01.500 --> 00:02.750{}\n{}\n"
ASS = """[Script Info]
PlayResY: 200
{extra}
[V4+ Styles]
Format: Name, Bold, Italic, Alignment
Style: Default,-1,0,2
Style: Above,0,-1,8

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:01.50,0:00:02.75,Default,,0,0,0,,not shown
Dialogue: 0,0:00:01.50,0:00:02.75,{style},,0,0,0,,{text}
"""
TTML = """<?xml version="1.0" encoding="utf-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="1000">
<head><styling><style xml:id="slanted" tts:fontStyle="italic"/></styling>
<layout><region xml:id="above" tts:origin="10% 5%" tts:extent="80% 20%"/>
<region xml:id="below" tts:origin="10% 75%"><style tts:displayAlign="after"/></region></layout></head>
<body><div>{}</div></body></tt>"""


def one(content: str | bytes) -> Cue:
    data = content.encode() if isinstance(content, str) else content
    (cue,) = read_subtitles(data)
    return cue


def text_of(content: str | bytes) -> str:
    return one(content).text


def fault_of(content: str | bytes, duration: int | None = None) -> SubtitleFault:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(UnusableSubtitles) as refused:
        read_subtitles(data, duration=duration)
    return refused.value.fault


@pytest.mark.parametrize(
    "content",
    [
        SRT.format("Hi"),
        VTT.format("", "Hi"),
        ASS.format(extra="", style="Default", text="Hi"),
        TTML.format('<p begin="00:00:01.500" end="00:00:02.750">Hi</p>'),
    ],
)
@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_all_formats_and_character_sets_are_the_same_cue(content: str, charset: str, line_end: str) -> None:
    assert one(content.replace("\n", line_end).encode(charset)) == Cue(1500, 2750, "Hi")


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Grüße, señor – “ça va”?", "cp1252"),
        ("Grüße, señor", "latin-1"),
        ("左に見えるのは…", "utf-8"),
        ("左に見えるのは…", "utf-16-le"),
        ("إلى الشمال يمكن", "utf-16-be"),
        ("שלום \u202bעולם\u202c", "utf-8"),
    ],
)
def test_text_of_any_language_arrives_as_it_was(text: str, charset: str) -> None:
    assert text_of(SRT.format(text).encode(charset)) == text


def test_a_few_damaged_bytes_do_not_make_utf8_something_else() -> None:
    good = SRT.format("Größe und Maße über alle Hügel möglichst schön für müde Füße").encode()

    assert "Maße über alle" in text_of(good.replace("Größe".encode(), b"Gr\xc3\xc3e"))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<b>a</b> <i>b</i> <u>c</u>", "<b>a</b> <i>b</i> <u>c</u>"),
        ("<i>two\nlines</i>", "<i>two</i>\n<i>lines</i>"),
        ("<i><b>x</i></b>", "<b><i>x</i></b>"),
        ("<em>a</em><strong>b</strong>", "<i>a</i><b>b</b>"),
        ('<i onmouseover="x()">a</i>', "<i>a</i>"),
        ("<script>alert(1)</script>hi", "hi"),
        ("<script>alert(1)", ""),
        ("<img src=x onerror=alert(2)>hi", "hi"),
        ('<v "><svg/onload=alert(3)>>hi</v>', "&gt;hi"),
        ('<c."onmouseover=alert(4)//>x</c> <a href="javascript:alert(5)">link</a>', "x link"),
        ("<v Bob>hi", "hi"),
        ("1 < 2 > 1 & so on", "1 &lt; 2 &gt; 1 &amp; so on"),
        ("I <3 you -- see", "I &lt;3 you -- see"),
        ("&lt;script&gt;x&lt;/script&gt;", "&lt;script&gt;x&lt;/script&gt;"),
        (
            "R&amp;B &copy; &#60;&#x3c; &nosuch; &#99999999999;",
            "R&amp;B © &lt;&lt; &amp;nosuch; &amp;#99999999999;",
        ),
        ("a\0b\x07c\x85d\ufeff\ufffe", "abcd"),
        ("<ruby>漢<rt>かん</rt></ruby>", "漢(かん)"),
        ("<00:00:01.700>Ka<00:00:01.900>ra", "Kara"),
        ("a<br>b", "a\nb"),
    ],
)
def test_only_harmless_text_passes_from_srt_and_webvtt(written: str, shown: str) -> None:
    for content in (SRT.format(written), VTT.format("", written)):
        if shown:
            assert text_of(content) == shown
        else:
            assert fault_of(content) == SubtitleFault.EMPTY


def test_srt_takes_what_people_write() -> None:
    written = """
not a cue
1
00:00:01.5 --> 00:00:02
first

with an empty line
2
0:00:03,000-->0:00:04,000 X1:100 X2:200
{\\an8}above {\\fs20}all
00:00:05,000 --> 00:00:06,000
no number
yes --> no

-00:00:01,000 --> 00:00:06,500
dropped with its times

77
00:00:06,000 --> 00:00:07,000
1984
"""
    assert read_subtitles(written.encode()) == (
        Cue(1500, 2000, "first\nwith an empty line"),
        Cue(3000, 4000, "above all", top=True),
        Cue(5000, 6000, "no number\nyes --&gt; no"),
        Cue(6000, 7000, "1984"),
    )


def test_times_that_cannot_be_are_dropped_with_their_text() -> None:
    written = """WEBVTT

00:00:10.000 --> 00:00:05.000
end before start

99:99:99.999 --> 100:00:00.000
nonsense

00:00:01,000 --> 00:00:02,000
comma

-00:00:01.000 --> 00:00:02.000
negative

999999999999:00:00.000 --> 9999999999999:00:00.000
huge

00:00:02.000 --> 00:00:02.000
nothing
"""
    assert read_subtitles(written.encode()) == (Cue(1000, 2000, "comma"),)


def test_webvtt_keeps_no_notes_styles_regions_or_names() -> None:
    written = """WEBVTT - a title

STYLE
::cue { background: url("http://127.0.0.1/css") }

REGION
id:fred

NOTE hidden
words

name of a cue
00:01.000 --> 00:02.000 line:10% align:start
shown
"""
    assert read_subtitles(written.encode()) == (Cue(1000, 2000, "shown", top=True),)


@pytest.mark.parametrize(
    ("placed", "top"),
    [(" line:0", True), (" line:-1", False), (" line:90%", False), (" align:end line:5%", True), ("", False)],
)
def test_webvtt_keeps_the_upper_edge_and_no_other_place(placed: str, top: bool) -> None:
    assert one(VTT.format(placed, "x")).top is top


@pytest.mark.parametrize(
    ("style", "text", "shown", "top"),
    [
        ("Default", r"one\Ntwo\hthree", "one\ntwo\u00a0three", False),
        ("Default", r"{\i1}a{\i0}{\b700}b{\b0}{\u1}c{\r}d", "<i>a</i><b>b</b><u>c</u>d", False),
        ("Default", r"{\an8}up", "up", True),
        ("Default", r"{\pos(10,20)}up", "up", True),
        ("Default", r"{\pos(10,180)}down", "down", False),
        ("Above", "slanted", "<i>slanted</i>", True),
        ("Above", r"{\an2}{\i0}plain", "plain", False),
        ("Default", r"{\p1}m 0 0 l 100 100{\p0}text", "text", False),
        ("Default", r"{\blur3\bord2\fnArial\c&HFFFFFF&\clip(1,2,3,4)}x", "x", False),
        ("Default", "<script>, commas, too", "&lt;script&gt;, commas, too", False),
        ("Default", r"{\k20}Ka{\k20}ra", "Kara", False),
        ("Default", "open { brace", "open { brace", False),
    ],
)
def test_ass_keeps_styles_with_a_meaning(style: str, text: str, shown: str, top: bool) -> None:
    assert one(ASS.format(extra="", style=style, text=text)) == Cue(1500, 2750, shown, top)


def test_lines_that_ass_draws_several_times_are_shown_once() -> None:
    written = ASS.format(extra="", style="Default", text="x") + (
        "Dialogue: 1,0:00:01.50,0:00:02.75,Default,,0,0,0,,{\\bord3}x\n"
    )

    assert read_subtitles(written.encode()) == (Cue(1500, 2750, "x"),)


@pytest.mark.parametrize(
    ("paragraphs", "cues"),
    [
        ('<p begin="1s" end="2.5s"> a\n  b<br/>c </p>', [Cue(1000, 2500, "a b\nc")]),
        ('<p begin="50f" dur="500ms">x</p>', [Cue(2000, 2500, "x")]),
        ('<p begin="00:00:01:05" end="2500t">x</p>', [Cue(1200, 2500, "x")]),
        ('<p begin="1s" end="2s" region="above">x</p>', [Cue(1000, 2000, "x", top=True)]),
        ('<p begin="1s" end="2s" region="below">x</p>', [Cue(1000, 2000, "x")]),
        ('<p begin="1s" end="2s" style="slanted">x</p>', [Cue(1000, 2000, "<i>x</i>")]),
        (
            '<p begin="1s" end="3s"><span tts:fontWeight="bold">a</span> &lt;b&gt; &amp;</p>',
            [Cue(1000, 3000, "<b>a</b> &lt;b&gt; &amp;")],
        ),
        (
            '<p begin="1s"><span end="1s">a</span><span begin="1s" end="2s">b</span></p>',
            [Cue(1000, 2000, "a"), Cue(2000, 3000, "b")],
        ),
        ('<p begin="1s" end="2s">a<metadata>hidden</metadata></p>', [Cue(1000, 2000, "a")]),
    ],
)
def test_ttml_is_read_with_its_clocks_styles_and_regions(paragraphs: str, cues: list[Cue]) -> None:
    assert list(read_subtitles(TTML.format(paragraphs).encode())) == cues


def test_two_documents_behind_each_other_are_both_read() -> None:
    first = TTML.format('<p begin="1s" end="2s">a</p>')
    second = TTML.format('<p begin="3s" end="4s">b</p>')

    assert [cue.text for cue in read_subtitles((first + "\n" + second).encode())] == ["a", "b"]


def test_cues_are_cut_to_the_film_and_what_lies_outside_is_dropped() -> None:
    written = "".join(
        f"00:00:{start:02d},000 --> 00:00:{start + 4:02d},000\n{start}\n\n" for start in (0, 8, 12)
    )

    assert read_subtitles(written.encode(), duration=10_000) == (Cue(0, 4000, "0"), Cue(8000, 10_000, "8"))
    assert read_subtitles(written.encode(), shift=-2000) == (
        Cue(0, 2000, "0"),
        Cue(6000, 10_000, "8"),
        Cue(10_000, 14_000, "12"),
    )
    assert fault_of("00:00:12,000 --> 00:00:13,000\nlate\n", 10_000) == SubtitleFault.EMPTY
