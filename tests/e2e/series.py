"""A series in the running product: one film under several episodes, with all that a player can show of one."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.client import Client
from tests.e2e.film import READY_SECONDS
from transcoding.engine.tools import find_tools

#: Long enough for a player not to hold all of it, and small enough to be made in a moment.
SECONDS = 60
CHAPTERS = ((0, "In the meadow"), (20, "The apple"), (40, "Three rascals"))
INTRO = (5.0, 12.0)
CREDITS_BEFORE_END = 12.0
LANGUAGES = {"en": ("eng", "A rabbit sleeps."), "de": ("deu", "Ein Hase schläft.")}


@dataclass(frozen=True)
class Series:
    """A published series of one season; `videos` are its episodes' ids in order. Lengths in seconds."""

    name: str
    slug: str
    videos: tuple[str, ...]
    seconds: float

    @property
    def credits_at(self) -> float:
        return self.seconds - CREDITS_BEFORE_END


def with_everything(clip: Path, folder: Path) -> Path:
    """The clip over and over, small; with sound and subtitles in two languages, and three chapters."""
    target = folder / "everything.mkv"
    for language, (_, words) in LANGUAGES.items():
        lines = [
            f"{n + 1}\n00:{n * 4 // 60:02}:{n * 4 % 60:02},000 --> 00:{n * 4 // 60:02}:{n * 4 % 60 + 3:02},500\n{words} {n}\n"
            for n in range(SECONDS // 4)
        ]
        (folder / f"{language}.srt").write_text("\n".join(lines))
    ends = [start for start, _ in CHAPTERS[1:]] + [SECONDS]
    (folder / "chapters.txt").write_text(
        ";FFMETADATA1\n"
        + "".join(
            f"[CHAPTER]\nTIMEBASE=1/1\nSTART={start}\nEND={end}\ntitle={title}\n"
            for (start, title), end in zip(CHAPTERS, ends, strict=True)
        )
    )
    command = [str(find_tools().ffmpeg), "-v", "error", "-y", "-stream_loop", "-1", "-i", str(clip)]
    for name in ("en.srt", "de.srt", "chapters.txt"):
        command += ["-i", str(folder / name)]
    command += ["-map", "0:v:0", "-map", "0:a:0", "-map", "0:a:0", "-map", "1", "-map", "2"]
    command += ["-map_chapters", "3", "-t", str(SECONDS), "-vf", "scale=640:360,fps=12"]
    command += [
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-crf",
        "26",
        "-c:a",
        "aac",
        "-ac",
        "2",
        "-c:s",
        "srt",
    ]
    for kind in ("a", "s"):
        for index, (tag, _) in enumerate(LANGUAGES.values()):
            command += [f"-metadata:s:{kind}:{index}", f"language={tag}"]
    subprocess.run([*command, str(target)], check=True)
    return target


def put_in_series(operator: Client, source: Path, name: str, episodes: int = 3) -> Series:
    """What an operator does: one upload, attached to each episode; markers on each; published."""
    series = operator.change(
        "CreateSeries",
        name=name,
        year=2008,
        synopsis="A rabbit has had enough, again and again.",
        maturityRating="U",
        genres=["Animation"],
    )["series"]
    asset = operator.upload(source)
    videos = []
    for number in range(1, episodes + 1):
        episode = operator.change(
            "CreateEpisode",
            seriesId=series["id"],
            seasonNumber=1,
            number=number,
            name=f"Part {number}",
            synopsis=f"What happens in part {number}.",
        )["episode"]
        videos.append(episode["video"]["id"])
    seconds = float(operator.wait_for_asset(asset, "READY", READY_SECONDS)[-1]["durationSeconds"])
    for video in videos:
        operator.change("AttachAsset", videoId=video, assetId=asset)
        operator.change(
            "SetMarkers",
            videoId=video,
            markers=[
                {"kind": "INTRO", "startSeconds": INTRO[0], "endSeconds": INTRO[1]},
                {
                    "kind": "CREDITS",
                    "startSeconds": seconds - CREDITS_BEFORE_END,
                    "endSeconds": seconds,
                },
            ],
        )
    operator.change("PublishTitle", titleId=series["id"])
    return Series(name, series["slug"], tuple(videos), seconds)
