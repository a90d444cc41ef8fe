"""Why a file is left out: a code that stays, and a sentence that says what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    UNREADABLE_NAME = "UNREADABLE_NAME"
    UNREADABLE = "UNREADABLE"
    HIDDEN = "HIDDEN"
    SYMLINK = "SYMLINK"
    LOOP = "LOOP"
    SPECIAL = "SPECIAL"
    TOO_DEEP = "TOO_DEEP"
    EMPTY = "EMPTY"
    PARTIAL = "PARTIAL"
    STILL_WRITTEN = "STILL_WRITTEN"
    SAMPLE = "SAMPLE"
    DISC = "DISC"
    NO_VIDEO = "NO_VIDEO"
    PICTURE_SUBTITLES = "PICTURE_SUBTITLES"
    NO_NAME = "NO_NAME"
    NO_OWNER = "NO_OWNER"
    UNCLEAR = "UNCLEAR"
    PART = "PART"
    OTHER_VERSION = "OTHER_VERSION"
    OTHER_PICTURE = "OTHER_PICTURE"
    UNUSED_PICTURE = "UNUSED_PICTURE"
    NFO = "NFO"
    SUBTITLES = "SUBTITLES"
    PICTURE = "PICTURE"
    HAS_FILM = "HAS_FILM"
    HAS_PICTURE = "HAS_PICTURE"
    SAME_FILE = "SAME_FILE"
    REMOVED = "REMOVED"
    FAILED = "FAILED"


SENTENCES = {
    Reason.UNREADABLE_NAME: "Its name is not UTF-8. Rename it.",
    Reason.UNREADABLE: "It may not be read. Give the account that runs the import leave to read it.",
    Reason.HIDDEN: "Hidden files and folders, and those of the system, are not looked at.",
    Reason.SYMLINK: "Symbolic links are not followed unless --follow-symlinks is given.",
    Reason.LOOP: "This link leads back to a folder that has been looked at already.",
    Reason.SPECIAL: "It is neither a file nor a folder.",
    Reason.TOO_DEEP: "It lies more than 32 folders deep. Begin the import nearer to it.",
    Reason.EMPTY: "It has no bytes.",
    Reason.PARTIAL: "It is being downloaded, or was left when a download broke off.",
    Reason.STILL_WRITTEN: "It is still being written. Import again when it is whole.",
    Reason.SAMPLE: "It is a sample of a film.",
    Reason.DISC: "It belongs to a disc's folder. Make one file of the disc (MKV) first.",
    Reason.NO_VIDEO: "It is neither a video nor anything that belongs to one, by its name.",
    Reason.PICTURE_SUBTITLES: "These subtitles are pictures or of a kind that is not read. Use SRT, WebVTT, ASS or TTML.",
    Reason.NO_NAME: "Its name says nothing about what it is. Name it as Title (Year).",
    Reason.NO_OWNER: "It cannot be told which film it belongs to. Give it the film's name, and what it is behind that.",
    Reason.PART: "It is one part of a film in several files. Join them first.",
    Reason.OTHER_VERSION: "Another file of the same film is larger in picture or bytes; a title has one film.",
    Reason.OTHER_PICTURE: "Another picture of the same kind lies beside the film; one is taken.",
    Reason.UNUSED_PICTURE: "Pictures of this kind are not shown: titles have posters and backdrops, episodes stills.",
    Reason.NFO: "Nothing in it was used: no film or series here is the one that it is about.",
    Reason.HAS_FILM: "The catalogue has another film for this already, which stays.",
    Reason.HAS_PICTURE: "The catalogue has a picture for this already, which stays.",
    Reason.REMOVED: "It was imported before and then removed from the catalogue. Import with --again to take it in anew.",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file (`path`, below the root) that is not taken, and why."""

    path: str
    reason: Reason
    sentence: str


def left_out(path: str, reason: Reason, sentence: str = "") -> LeftOut:
    return LeftOut(path, reason, sentence or SENTENCES[reason])
