"""Assets and what is made of them, as operators see them."""

from collections.abc import Callable
from typing import Any

import graphene

from transcoding.asset_errors import AssetErrorCode
from transcoding.errors import FailureCode
from transcoding.graphql.loaders import PaceByAsset, RenditionsByAsset
from transcoding.models import Asset as AssetRow
from transcoding.models import AssetState as State
from transcoding.models import Rendition as RenditionRow
from transcoding.models import RenditionKind as Kind
from transcoding.models import RenditionState as Made
from vod.lib.graphql.connections import CountedConnection
from vod.lib.graphql.mutations import error_type
from vod.lib.graphql.node import Node


def _words(what: str, **values: str) -> Callable[[Any], str | None]:
    """Descriptions of an enum (asked for with None) and of its values."""
    return lambda value: what if value is None else values.get(value.name)


AssetState = graphene.Enum.from_enum(
    State,
    name="AssetState",
    description=_words(
        "How far an asset is.",
        UPLOADED="Here, and waiting to be looked at.",
        PROBING="Being looked at.",
        ENCODING="Being made.",
        PLAYABLE="Can be watched while the rest is made; no viewer catches up with it.",
        READY="Whole.",
        FAILED="Cannot be made; failure says why.",
        CANCELLED="Called off by an operator; the source is still there.",
    ),
)
RenditionKind = graphene.Enum.from_enum(
    Kind,
    name="RenditionKind",
    description=_words(
        "What a rendition carries.",
        VIDEO="The picture at one height.",
        AUDIO="One sound track.",
        SUBTITLES="One track of subtitles.",
        STORYBOARD="Thumbnails along the film.",
        IFRAMES="Key frames alone, for fast winding.",
    ),
)
RenditionState = graphene.Enum.from_enum(
    Made,
    name="RenditionState",
    description=_words(
        "How far a rendition is.",
        WAITING="Nothing of it is made.",
        ENCODING="Some of it is made.",
        READY="Whole.",
    ),
)
AssetFailureCode = graphene.Enum.from_enum(
    FailureCode,
    name="AssetFailureCode",
    description=_words(
        "Why a film cannot be made.",
        NOT_A_VIDEO="The file is no video.",
        NO_VIDEO_TRACK="There is no picture in it.",
        UNSUPPORTED_CONTAINER="A kind of file that is not taken.",
        UNSUPPORTED_CODEC="Its picture is coded in a way that is not taken.",
        ENCRYPTED="It is encrypted.",
        TRUNCATED="It ends before it should: part of the file is missing.",
        CORRUPT="Too much of it cannot be decoded.",
        RESOLUTION_LIMIT="Its picture is larger than is taken.",
        DURATION_LIMIT="It is longer than is taken.",
        SIZE_LIMIT="The file is larger than is taken.",
        RESOURCE_LIMIT="Working on it takes more memory or disk than one film may have.",
        TIMEOUT="Working on it took longer than one film may take.",
        ENCODER_FAILED="The encoder failed; trying again can help.",
        VERIFY_FAILED="What was made did not pass its examination; trying again can help.",
        STORAGE_FAILED="What was made could not be stored; trying again can help.",
        SOURCE_MISSING="The uploaded file is not where it was; upload it again.",
        SANDBOX_UNAVAILABLE="This machine cannot lock its tools up, and works on nothing without.",
        TOOLS_MISSING="This machine lacks a tool.",
        CANCELLED="An operator called it off.",
        INTERNAL="Our fault; the server's log knows more.",
    ),
)
AssetError = error_type("AssetError", AssetErrorCode)


class AssetFailure(graphene.ObjectType):
    """Why an asset failed: a code for programs, a sentence for a person."""

    code = graphene.Field(AssetFailureCode, required=True, description="For programs.")
    message = graphene.String(required=True, description="What is wrong with the file, and what to do.")
    can_retry = graphene.Boolean(
        required=True,
        description="Whether trying the same file again can help: the fault lay with the machine or the moment.",
    )


class Rendition(graphene.ObjectType):
    """One stream that is made of an asset."""

    kind = graphene.Field(RenditionKind, required=True, description="What it carries.")
    codec = graphene.String(required=True, description="h264, aac, jpeg.")
    width = graphene.Int(description="Encoded width in square pixels; null for sound.")
    height = graphene.Int(description="Encoded height in square pixels; null for sound.")
    bitrate = graphene.Int(description="The peak in bits a second, known when it is whole.")
    language = graphene.String(description="A BCP 47 tag, or null where the file names none.")
    state = graphene.Field(RenditionState, required=True, description="How far it is.")
    progress = graphene.Float(required=True, description="0 to 1, never falls.")
    is_offered = graphene.Boolean(
        required=True,
        description="Whether viewers can choose it: it is whole, or nobody catches up with its making.",
    )

    @staticmethod
    def resolve_language(row: RenditionRow, _info: Any) -> str | None:
        return row.language or None


class Asset(graphene.ObjectType):
    """A source file and what was made of it."""

    class Meta:
        interfaces = (Node,)

    file_name = graphene.String(required=True, description="The name the file came with.")
    size_bytes = graphene.Float(required=True, description="Size of the source in bytes.")
    duration_seconds = graphene.Float(description="The longer of picture and sound; null until known.")
    state = graphene.Field(AssetState, required=True, description="How far it is.")
    progress = graphene.Float(required=True, description="0 to 1 of the whole ladder, never falls.")
    speed = graphene.Float(
        description="Seconds of film that are made in a second now; null unless it is being made."
    )
    seconds_left = graphene.Float(
        description="Seconds until it is whole at that speed; null unless it is being made."
    )
    failure = graphene.Field(AssetFailure, description="Null unless it failed.")
    renditions = graphene.List(
        graphene.NonNull(Rendition), required=True, description="What is made of it, newest version."
    )

    @staticmethod
    def resolve_failure(row: AssetRow, _info: Any) -> AssetFailure | None:
        if row.state != State.FAILED:
            return None
        code = row.failure_code if row.failure_code in list(FailureCode) else FailureCode.INTERNAL
        return AssetFailure(
            code=FailureCode(code), message=row.failure_message, can_retry=not row.failure_permanent
        )

    @staticmethod
    def resolve_speed(row: AssetRow, info: Any) -> Any:
        pace = info.context.loaders.get(PaceByAsset).load(row.pk)
        return pace.then(lambda found: None if found is None else found.speed)

    @staticmethod
    def resolve_seconds_left(row: AssetRow, info: Any) -> Any:
        pace = info.context.loaders.get(PaceByAsset).load(row.pk)
        return pace.then(lambda found: None if found is None else found.seconds_left)

    @staticmethod
    def resolve_renditions(row: AssetRow, info: Any) -> Any:
        return info.context.loaders.get(RenditionsByAsset).load(row.pk)


class AssetConnection(CountedConnection):
    """A list of assets."""

    class Meta:
        node = Asset
        name = "AssetConnection"
        strict_types = True
