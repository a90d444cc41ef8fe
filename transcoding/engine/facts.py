"""Judge what ffprobe says of a file: allow-lists, limits, and the facts that the plan needs. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from transcoding.engine import refusals
from transcoding.engine.filters import HDR_TRANSFERS
from transcoding.engine.languages import label_of, tag_of
from transcoding.engine.media import AudioTrack, Chapter, MediaInfo, SubtitleTrack, VideoTrack
from transcoding.engine.subtitles.tracks import MAX_TRACKS
from transcoding.errors import FailureCode, MediaError


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CHAPTERS = 500
# SMPTE ST 2086 and CTA-861.3 are often filled in by guess.
_USUAL_NITS, _LEAST_NITS, _MOST_NITS = Fraction(1000), Fraction(600), Fraction(4000)

_VIDEO_CODECS = _names(
    "h264 hevc av1 vp8 vp9 mpeg1video mpeg2video mpeg4 msmpeg4v2 msmpeg4v3 h263 h263p flv1 vc1 wmv1 wmv2 wmv3"
    " theora vp6 vp6f prores dnxhd ffv1 mjpeg dvvideo huffyuv ffvhuff utvideo cfhd rawvideo v210 svq1 svq3 qtrle"
)
_AUDIO_CODECS = _names(
    "aac aac_latm mp1 mp2 mp3 ac3 eac3 dts truehd mlp opus vorbis flac alac wmav1 wmav2 wmapro wmalossless"
    " amr_nb amr_wb speex nellymoser"
)
_AUDIO_FAMILIES = ("pcm_", "adpcm_")
_TEXT_SUBTITLES = frozenset({"subrip", "srt", "ass", "ssa", "mov_text", "webvtt", "text", "ttml"})
_BITMAP_SUBTITLES = frozenset({"hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle", "xsub"})
_ENCRYPTED_TAGS = frozenset({"encv", "enca", "drmi", "drms"})
_FIELD_ORDERS = frozenset({"tt", "bb", "tb", "bt"})


def parse(described: Mapping[str, Any], *, size_bytes: int) -> MediaInfo:
    """The facts in the output of ``ffprobe -show_format -show_streams -show_chapters -of json``.

    Times and rate are as claimed; ``timing.believe_packets`` sets them right. Raises MediaError.
    """
    streams: Sequence[Mapping[str, Any]] = described.get("streams") or []
    if len(streams) > refusals.MAX_STREAMS:
        raise refusals.too_many_streams()
    if any(stream.get("codec_tag_string") in _ENCRYPTED_TAGS for stream in streams):
        raise MediaError(
            FailureCode.ENCRYPTED,
            "This file is protected against copying. Upload a version without protection.",
        )
    container = str((described.get("format") or {}).get("format_name", ""))
    notes: list[str] = []
    video = _choose_video(streams, notes)
    audio = tuple(_audio(stream) for stream in streams if _takes_audio(stream, notes))
    start = min([video.start, *(track.start for track in audio)])
    end = max([video.start + video.duration, *(track.start + track.duration for track in audio)])
    return MediaInfo(
        container=container,
        size_bytes=size_bytes,
        start=start,
        duration=end - start,
        video=video,
        audio=audio,
        subtitles=_subtitles(streams, notes),
        chapters=_chapters(described.get("chapters") or []),
        notes=tuple(notes),
    )


def believe_frames(video: VideoTrack, frames: Sequence[Mapping[str, Any]]) -> VideoTrack:
    """The track as its first decoded frames show it: they know size, colour and interlace better."""
    first = frames[0]
    interlaced = sum(int(frame.get("interlaced_frame") or 0) for frame in frames) * 2 >= len(frames)
    transfer = str(first.get("color_transfer") or video.transfer)
    width, height = _number(first.get("width")), _number(first.get("height"))
    refusals.check_size(width, height)
    aspect = _ratio(first.get("sample_aspect_ratio"), video.sample_aspect)
    display = display_size(width, height, aspect, video.rotation)
    return replace(
        video,
        width=width,
        height=height,
        sample_aspect=aspect,
        display_width=display[0],
        display_height=display[1],
        interlaced=interlaced or video.interlaced,
        pixel_format=str(first.get("pix_fmt") or video.pixel_format),
        transfer=transfer,
        hdr=transfer in HDR_TRANSFERS,
        primaries=str(first.get("color_primaries") or video.primaries),
        matrix=str(first.get("color_space") or video.matrix),
        full_range=str(first.get("color_range")) == "pc" or video.full_range,
        peak_nits=_peak_nits(first),
    )


def _peak_nits(frame: Mapping[str, Any]) -> int:
    """The brightest light of an HDR film as it says itself, within reason; 1,000 where it says nothing."""
    said: dict[str, Any] = {}
    for side in frame.get("side_data_list") or []:
        said |= {name: side[name] for name in ("max_content", "max_luminance") if name in side}
    found = _fraction(said.get("max_content")) or _fraction(said.get("max_luminance")) or _USUAL_NITS
    return int(min(max(found, _LEAST_NITS), _MOST_NITS))


def first_shown(frames: Sequence[Mapping[str, Any]]) -> Fraction | None:
    """When the decoder shows its first picture, in seconds on the file's clock; None if it does not say."""
    times = [_fraction(frame.get("best_effort_timestamp_time")) for frame in frames]
    return min((time for time in times if time is not None), default=None)


def display_size(width: int, height: int, aspect: Fraction, rotation: int) -> tuple[int, int]:
    """Size upright and in square pixels; never smaller than coded on either side before rotation."""
    if aspect > 1:
        width = round(width * aspect)
    elif aspect < 1:
        height = round(height / aspect)
    return (height, width) if rotation % 180 == 90 else (width, height)


def _choose_video(streams: Sequence[Mapping[str, Any]], notes: list[str]) -> VideoTrack:
    pictures = [stream for stream in streams if _is_picture(stream)]
    if not pictures:
        raise refusals.no_picture(has_sound=any(stream.get("codec_type") == "audio" for stream in streams))
    for stream in pictures:
        width, height = _number(stream.get("width")), _number(stream.get("height"))
        if width and height:
            refusals.check_size(width, height)
    known = [stream for stream in pictures if stream.get("codec_name") in _VIDEO_CODECS]
    if not known:
        name = str(pictures[0].get("codec_name") or "unknown")
        raise MediaError(
            FailureCode.UNSUPPORTED_CODEC,
            f"The picture is in a format that cannot be used ({name}). Export it as H.264 and upload that.",
        )
    playable = [stream for stream in known if not _lacks_base_layer(stream)]
    if not playable:
        raise MediaError(
            FailureCode.UNSUPPORTED_CODEC,
            "The picture is in Dolby Vision without a layer for other screens (profile 5), and its colours would be"
            " wrong. Export it as HDR10, HLG or SDR and upload that.",
        )
    best = max(
        playable,
        key=lambda stream: (
            _number(stream.get("width")) * _number(stream.get("height")),
            _disposed(stream, "default"),
            -_number(stream.get("index")),
        ),
    )
    if len(pictures) > 1:
        notes.append(f"The file has {len(pictures)} video tracks; the largest is used.")
    return _video(best)


def _lacks_base_layer(stream: Mapping[str, Any]) -> bool:
    """Whether this is Dolby Vision in IPT-PQ-c2, which nothing but its own decoder shows in right colours.

    Dolby Vision Profiles and Levels, table 1: profile 5, and profile 10 with compatibility 0.
    """
    for side in stream.get("side_data_list") or []:
        profile, compatible = side.get("dv_profile"), side.get("dv_bl_signal_compatibility_id")
        if profile == 5 or (profile == 10 and compatible == 0):
            return True
    return False


def _is_picture(stream: Mapping[str, Any]) -> bool:
    return (
        stream.get("codec_type") == "video"
        and not _disposed(stream, "attached_pic")
        and not _disposed(stream, "timed_thumbnails")
        and not _disposed(stream, "still_image")
    )


def _video(stream: Mapping[str, Any]) -> VideoTrack:
    rotation = _rotation(stream)
    aspect = _ratio(stream.get("sample_aspect_ratio"), Fraction(1))
    width, height = _number(stream.get("width")), _number(stream.get("height"))
    display = display_size(width, height, aspect, rotation)
    transfer = str(stream.get("color_transfer") or "")
    rate = _fraction(stream.get("avg_frame_rate")) or _fraction(stream.get("r_frame_rate")) or Fraction(25)
    duration = _fraction(stream.get("duration")) or Fraction(0)
    return VideoTrack(
        index=_number(stream.get("index")),
        codec=str(stream.get("codec_name")),
        profile=str(stream.get("profile") or ""),
        pixel_format=str(stream.get("pix_fmt") or ""),
        width=width,
        height=height,
        display_width=display[0],
        display_height=display[1],
        sample_aspect=aspect,
        rotation=rotation,
        rate=rate,
        variable_rate=False,
        frames=max(1, round(duration * rate)),
        interlaced=stream.get("field_order") in _FIELD_ORDERS,
        transfer=transfer,
        primaries=str(stream.get("color_primaries") or ""),
        matrix=str(stream.get("color_space") or ""),
        full_range=stream.get("color_range") == "pc",
        hdr=transfer in HDR_TRANSFERS,
        start=_fraction(stream.get("start_time")) or Fraction(0),
        duration=duration,
    )


def _takes_audio(stream: Mapping[str, Any], notes: list[str]) -> bool:
    if stream.get("codec_type") != "audio":
        return False
    name = str(stream.get("codec_name") or "unknown")
    decodes = name in _AUDIO_CODECS or name.startswith(_AUDIO_FAMILIES)
    if decodes and 0 < _number(stream.get("channels")) <= 16 and _number(stream.get("sample_rate")) > 0:
        return True
    notes.append(f"A sound track in a format that cannot be used ({name}) is left out.")
    return False


def _audio(stream: Mapping[str, Any]) -> AudioTrack:
    return AudioTrack(
        index=_number(stream.get("index")),
        codec=str(stream.get("codec_name")),
        language=tag_of(_tag(stream, "language")),
        title=_tag(stream, "title"),
        channels=_number(stream.get("channels")),
        layout=str(stream.get("channel_layout") or ""),
        sample_rate=_number(stream.get("sample_rate")),
        default=_disposed(stream, "default"),
        start=_fraction(stream.get("start_time")) or Fraction(0),
        duration=_fraction(stream.get("duration")) or Fraction(0),
        profile=str(stream.get("profile") or ""),
        bit_rate=_number(stream.get("bit_rate")),
    )


def _subtitles(streams: Sequence[Mapping[str, Any]], notes: list[str]) -> tuple[SubtitleTrack, ...]:
    tracks = [_subtitle(stream) for stream in streams if stream.get("codec_type") == "subtitle"]
    for number, track in enumerate(tracks, 1):
        named = ", ".join(part for part in (track.title, label_of(track.language)) if part)
        which = f"Subtitle track {number}{f' ({named})' if named else ''}"
        if track.codec in _BITMAP_SUBTITLES:
            notes.append(
                f"{which} is made of pictures ({track.codec}) and is left out. Add it as a text file."
            )
        elif not track.text:
            codec = track.codec or "unknown"
            notes.append(f"{which} is in a format that cannot be used ({codec}) and is left out.")
    texts = sum(track.text for track in tracks)
    if texts > MAX_TRACKS:
        notes.append(f"The file has {texts} text subtitle tracks; the first {MAX_TRACKS} are used.")
    return tuple(tracks)


def _subtitle(stream: Mapping[str, Any]) -> SubtitleTrack:
    codec = str(stream.get("codec_name") or "")
    return SubtitleTrack(
        index=_number(stream.get("index")),
        codec=codec,
        language=tag_of(_tag(stream, "language")),
        title=_tag(stream, "title"),
        text=codec in _TEXT_SUBTITLES,
        default=_disposed(stream, "default"),
        forced=_disposed(stream, "forced"),
        hearing_impaired=_disposed(stream, "hearing_impaired"),
    )


def _chapters(described: Sequence[Mapping[str, Any]]) -> tuple[Chapter, ...]:
    chapters = []
    for number, chapter in enumerate(described[:_CHAPTERS], 1):
        start, end = _fraction(chapter.get("start_time")), _fraction(chapter.get("end_time"))
        if start is not None and end is not None and 0 <= start <= end:
            chapters.append(Chapter(start, end, _tag(chapter, "title") or f"Chapter {number}"))
    return tuple(chapters)


def _tag(stream: Mapping[str, Any], name: str) -> str:
    tags = stream.get("tags") or {}
    value = next((str(text) for key, text in tags.items() if key.lower() == name), "")
    # Shown to people and written into playlists: one line, no control or direction characters.
    return "".join(char for char in value if char.isprintable())[:120].strip()


def _disposed(stream: Mapping[str, Any], name: str) -> bool:
    return bool((stream.get("disposition") or {}).get(name))


def _rotation(stream: Mapping[str, Any]) -> int:
    angles = Counter(
        side["rotation"]
        for side in stream.get("side_data_list") or []
        if isinstance(side.get("rotation"), int)
    )
    return round(next(iter(angles), 0) / 90) * 90 % 360


def _ratio(text: object, otherwise: Fraction) -> Fraction:
    value = _fraction(str(text).replace(":", "/")) if text else None
    # A pixel eight times as wide as high is a mistake, not a shape.
    return value if value and Fraction(1, 8) <= value <= 8 else otherwise


def _fraction(value: object) -> Fraction | None:
    """A number or ratio of ffprobe's; None for N/A, 0/0 and what is no number."""
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
