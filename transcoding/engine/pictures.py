"""One still picture that a person gave, as plain pixels of our own making.

Decoders of pictures have had as many holes as those of films, so they run behind the same door. What comes out
is a binary PPM: a header of three numbers and rows of RGB, which can hold nothing but a picture.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from transcoding.engine.ffmpeg import Limits, run
from transcoding.engine.orientation import UPRIGHT, orientation_of
from transcoding.engine.sources import input_of
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

MAX_BYTES = 30 * 1024**2
MAX_PIXELS = 50_000_000
_GIB = 1024**3
_HEAD_BYTES = 64 * 1024
_WALL_SECONDS, _CPU_SECONDS = 20.0, 30
_PPM = re.compile(rb"P6\n(\d{1,9}) (\d{1,9})\n255\n")
# Colour is told at half the size in most JPEG, WebP and AVIF files; brought up smoothly, as browsers do it.
_SCALE = "scale=flags=bicubic+full_chroma_int+full_chroma_inp+accurate_rnd"
# What builds say that lack a demuxer, a decoder or the writer of PPM, or when a film's codec is met.
_LACKING = re.compile(
    r"no decoder found|Unknown (input|output) format|Unknown encoder|not on whitelist|hardware accelerated AV1"
)
# ISO/IEC 23000-22, 4.1.1: what the item is of which a picture in AVIF has its transparency.
_ALPHA = b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"
# ISO/IEC 14496-12, 8.11.6: an item of the type "grid", a picture put together of others.
_TILED = re.compile(rb"infe.{8}grid", re.DOTALL)

_UNKNOWN = "This is no picture that can be read. Use a JPEG, PNG, WebP or AVIF file."
_UNABLE = "This kind of picture cannot be read on this server. Save it as JPEG or PNG and upload that."
_DAMAGED = "This picture is damaged or incomplete. Export it again and upload that."
_TOO_DEAR = (
    "This picture takes too much time or memory to read. Save it smaller, as JPEG or PNG, and upload that."
)
_CRASHED = "The program that reads pictures failed on this one. Save it anew as JPEG or PNG and upload that."
_NO_ROOM = "There is no room on the server to read this picture in. Free some space there, then try again."
_NO_SANDBOX = "The sandbox that pictures are read in could not be set up. Try again."
_INTERRUPTED = "Reading this picture was interrupted. Try again."


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of picture: the only demuxer and the only decoders that may see it."""

    demuxer: str
    decoders: str
    see_through: bool
    # AVIF says how it is turned in its own boxes, which only its demuxer reads.
    turns_itself: bool = False


def flatten(
    source: Path,
    target: Path,
    *,
    tools: Tools,
    ground: tuple[int, int, int] = (0, 0, 0),
    most_bytes: int = MAX_BYTES,
    most_pixels: int = MAX_PIXELS,
) -> Path:
    """Write the picture in ``source`` to ``target`` as a PPM: upright, 8-bit RGB, the first frame only.

    ``ground`` (red, green, blue; 0 to 255) is put behind what is see-through. Raises MediaError:
    UNSUPPORTED_CONTAINER for what is no picture of ours, UNSUPPORTED_CODEC where this ffmpeg lacks its decoder,
    CORRUPT for a damaged one, SIZE_LIMIT, RESOLUTION_LIMIT, RESOURCE_LIMIT, TIMEOUT, and what ``run`` raises that is not the picture's fault.
    """
    try:
        size = source.stat().st_size
        with source.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        kind = _kind_of(head)
        turn = "" if kind.turns_itself else UPRIGHT.get(orientation_of(source), "")
    except OSError as error:
        raise MediaError(
            FailureCode.SOURCE_MISSING, "This picture cannot be found. Upload it again.", tail=str(error)
        ) from error
    if size > most_bytes:
        raise MediaError(
            FailureCode.SIZE_LIMIT, f"This picture has more than {most_bytes // 1024**2} MB. Save it smaller."
        )
    target.unlink(missing_ok=True)
    try:
        completed = run(
            [
                *(str(tools.ffmpeg), "-nostdin", "-hide_banner", "-loglevel", "error", "-y"),
                *_guard(kind, most_pixels),
                *input_of(source),
                *("-filter_complex", _graph(kind, _ALPHA in head, turn, ground), "-map", "[out]"),
                *("-frames:v", "1", "-map_metadata", "-1", "-threads", "1", "-filter_threads", "1"),
                *("-c:v", "ppm", "-f", "image2pipe", f"file:{target}"),
            ],
            limits=Limits(
                wall_seconds=_WALL_SECONDS,
                cpu_seconds=_CPU_SECONDS,
                memory_bytes=3 * _GIB,
                file_bytes=3 * most_pixels + 1024,
                output_bytes=1024**2,
            ),
            sandbox=tools.sandbox,
            reads=[source],
            writes=[target.parent],
        )
        if completed.returncode or not (target.exists() and target.stat().st_size):
            raise _refusal(completed.tail, most_pixels)
        return _believed(target, most_pixels)
    except MediaError as error:
        with suppress(OSError):
            target.unlink()
        raise _about_a_picture(error) from error


def _kind_of(head: bytes) -> _Kind:
    """What these first bytes are. Raises MediaError UNSUPPORTED_CONTAINER."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _Kind("png_pipe", "png", see_through=True)
    if head.startswith(b"\xff\xd8\xff"):
        return _Kind("jpeg_pipe", "mjpeg", see_through=False)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        # The extended header's flag for animation (RFC 9649, 2.7); older builds cannot read these.
        moves = head[12:16] == b"VP8X" and len(head) > 20 and bool(head[20] & 0x02)
        return (
            _Kind("webp_anim", "webp_anim,webp,vp8", see_through=True)
            if moves
            else _Kind("webp_pipe", "webp,vp8", see_through=head[12:16] != b"VP8 ")
        )
    # A film has other brands first, and its demuxer may open no other decoder than AV1's.
    if head[4:12] in (b"ftypavif", b"ftypavis") and not _TILED.search(head):
        return _Kind("mov", "libdav1d,libaom-av1,av1", see_through=False, turns_itself=True)
    raise MediaError(FailureCode.UNSUPPORTED_CONTAINER, _UNKNOWN)


def _guard(kind: _Kind, most_pixels: int) -> list[str]:
    return [
        *("-protocol_whitelist", "file", "-format_whitelist", _listed(kind.demuxer)),
        *("-codec_whitelist", kind.decoders, "-max_pixels", str(most_pixels), "-max_streams", "4"),
        # Half a picture is none.
        *("-err_detect", "explode"),
        *(() if kind.turns_itself else ("-noautorotate",)),
        # What follows the first frame may be damaged: cameras append films, and others what they like.
        *("-t", "0.001", "-max_error_rate", "1"),
        *("-threads", "1", "-f", kind.demuxer),
    ]


def _listed(demuxer: str) -> str:
    # A list of formats is compared with the demuxer's whole name.
    return "mov,mp4,m4a,3gp,3g2,mj2" if demuxer == "mov" else demuxer


def _graph(kind: _Kind, has_alpha_item: bool, turn: str, ground: tuple[int, int, int]) -> str:
    first = f"[0:v:0]{_SCALE}"
    last = f"format=rgb24{',' if turn else ''}{turn}[out]"
    red, green, blue = ground
    laid = (
        "format=rgba,split[top][under];"
        f"[under]lutrgb=r={red}:g={green}:b={blue}:a=255[ground];"
        f"[ground][top]overlay=format=rgb,{last}"
    )
    if kind.turns_itself and has_alpha_item:
        return f"{first},format=rgba[colour];[0:v:1]format=gray[alpha];[colour][alpha]alphamerge,{laid}"
    return f"{first},{laid}" if kind.see_through else f"{first},{last}"


def _refusal(tail: str, most_pixels: int) -> MediaError:
    if "max pixel count" in tail or "frame size limit" in tail or "Picture size" in tail:
        return MediaError(
            FailureCode.RESOLUTION_LIMIT,
            f"This picture has more than {most_pixels // 1_000_000} megapixels. Save it smaller.",
            tail=tail,
        )
    if _LACKING.search(tail):
        return MediaError(FailureCode.UNSUPPORTED_CODEC, _UNABLE, tail=tail)
    return MediaError(FailureCode.CORRUPT, _DAMAGED, tail=tail)


def _about_a_picture(error: MediaError) -> MediaError:
    """The same error in words about a picture, where ``run`` speaks of a film."""
    sentence = {
        FailureCode.RESOURCE_LIMIT: _TOO_DEAR,
        FailureCode.TIMEOUT: _TOO_DEAR,
        FailureCode.ENCODER_FAILED: _CRASHED,
        FailureCode.STORAGE_FAILED: _NO_ROOM,
        FailureCode.SANDBOX_UNAVAILABLE: _NO_SANDBOX,
        FailureCode.INTERNAL: _INTERRUPTED,
        FailureCode.CANCELLED: _INTERRUPTED,
    }.get(error.code, error.sentence)
    return MediaError(error.code, sentence, permanent=error.permanent, tail=error.tail)


def _believed(target: Path, most_pixels: int) -> Path:
    """``target``, if it is a plain file of exactly the form that was asked for.

    Who breaks into a decoder writes what it likes, a link included.
    """
    if target.is_symlink() or not target.is_file():
        raise MediaError(FailureCode.CORRUPT, _DAMAGED, tail="nothing was written")
    with target.open("rb") as file:
        header = _PPM.match(file.read(32))
    if header is not None:
        width, height = int(header[1]), int(header[2])
        whole = len(header[0]) + 3 * width * height
        if 0 < width * height <= most_pixels and target.stat().st_size == whole:
            return target
    raise MediaError(FailureCode.CORRUPT, _DAMAGED, tail="what was written is no PPM of one picture")
