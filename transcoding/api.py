"""tus 1.0.0 over DRF: what HTTP says, in terms of `services/uploads/`.

Bodies are taken in blocks as they arrive, by whoever drives a `Reception`; nothing here reads `request.data`.
"""

from collections.abc import Callable
from concurrent.futures import Future
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException, NotAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from transcoding import tus
from transcoding.asset_errors import UploadError, UploadErrorCode
from transcoding.models import Asset, Upload
from transcoding.services import uploads
from vod.lib.actor import Scope
from vod.lib.graphql.ids import encode_id
from vod.lib.serving.receiving import Reception, receive

_STATUS = {
    UploadErrorCode.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    UploadErrorCode.FORBIDDEN: HTTPStatus.FORBIDDEN,
    UploadErrorCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    UploadErrorCode.INVALID: HTTPStatus.BAD_REQUEST,
    UploadErrorCode.UNSUPPORTED_VERSION: HTTPStatus.PRECONDITION_FAILED,
    UploadErrorCode.UNSUPPORTED_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    UploadErrorCode.LENGTH_REQUIRED: HTTPStatus.LENGTH_REQUIRED,
    UploadErrorCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UploadErrorCode.DISK_FULL: HTTPStatus.INSUFFICIENT_STORAGE,
    UploadErrorCode.WRONG_OFFSET: HTTPStatus.CONFLICT,
    UploadErrorCode.IN_USE: HTTPStatus.LOCKED,
    # Of the checksum extension; no name in HTTP.
    UploadErrorCode.WRONG_CHECKSUM: 460,
    UploadErrorCode.STORE_AWAY: HTTPStatus.SERVICE_UNAVAILABLE,
}


def _header(name: str, what: str, *, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, required, what)


_RESUMABLE = _header("Tus-Resumable", "The version of the protocol: 1.0.0.", required=True)
_CHECKSUM = _header("Upload-Checksum", "Algorithm (sha1, sha256, md5) and base64 digest of this body.")
_BYTES = {tus.OFFSET_TYPE: OpenApiTypes.BINARY}


def _answer(response: HttpResponse) -> HttpResponse:
    response["Tus-Resumable"] = tus.VERSION
    response["Tus-Version"] = tus.VERSION
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _refusal(error: UploadError) -> HttpResponse:
    body = {"code": error.code.value, "message": error.message}
    response = JsonResponse(body, status=_STATUS[error.code])
    if error.code in (UploadErrorCode.IN_USE, UploadErrorCode.STORE_AWAY):
        response["Retry-After"] = "5"
    return _answer(response)


def _describe(response: HttpResponse, upload: Upload, offset: int) -> HttpResponse:
    response["Upload-Offset"] = str(offset)
    if upload.asset_id is not None:
        response["Asset-Id"] = encode_id(Asset.graphql_type, upload.asset_id)
    else:
        response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return _answer(response)


class _Part(Reception):
    """The body of one request, into an upload."""

    def __init__(self, writing: uploads.Writing, answer: Callable[[Upload, int], HttpResponse]) -> None:
        self._writing, self._answer = writing, answer
        self.length = writing.length

    def begin(self) -> HttpResponse | None:
        try:
            self._writing.begin()
        except UploadError as error:
            return _refusal(error)
        return None

    def write(self, block: bytes) -> bool:
        return self._writing.write(block)

    def busy(self) -> "Future[Any] | None":
        return self._writing.busy()

    def finish(self) -> HttpResponse:
        try:
            return self._answer(self._writing.upload, self._writing.finish())
        except UploadError as error:
            return _refusal(error)


class _TusView(APIView):
    """What all answers share: the protocol's header, errors as JSON, operators only."""

    scope = Scope.OPERATE

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in ("OPTIONS", "GET"):
            return
        if request.headers.get("Tus-Resumable") != tus.VERSION:
            raise UploadError(
                UploadErrorCode.UNSUPPORTED_VERSION, f"Send the header Tus-Resumable: {tus.VERSION}."
            )

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        # Answers are JSON or nothing, whatever a client of this protocol accepts.
        return super().perform_content_negotiation(request, True)

    def get_permissions(self) -> list[Any]:
        return [] if self.request.method == "OPTIONS" else list(super().get_permissions())

    def handle_exception(self, exc: Exception) -> Any:
        if isinstance(exc, UploadError):
            return _refusal(exc)
        if isinstance(exc, APIException):
            response = super().handle_exception(exc)
            signed_out = isinstance(exc, NotAuthenticated)
            code = UploadErrorCode.UNAUTHENTICATED if signed_out else UploadErrorCode.FORBIDDEN
            message = "Sign in as an operator to upload." if signed_out else str(exc.detail)
            answer = JsonResponse({"code": code.value, "message": message}, status=response.status_code)
            if "WWW-Authenticate" in response:
                answer["WWW-Authenticate"] = response["WWW-Authenticate"]
            return _answer(answer)
        return super().handle_exception(exc)

    @staticmethod
    def _operator(request: Request) -> UUID:
        actor: Any = request.auth
        if not actor.is_operator:
            raise UploadError(UploadErrorCode.FORBIDDEN, "Only operators may upload.")
        key: UUID = actor.user_id
        return key

    @staticmethod
    def _receive(
        request: Request, upload: Upload, offset: int, answer: Callable[[Upload, int], HttpResponse]
    ) -> HttpResponse:
        """Streams the request's body into the upload; `answer` gets the new offset."""
        if request.headers.get("Transfer-Encoding"):
            raise UploadError(UploadErrorCode.LENGTH_REQUIRED, "Send the part with a Content-Length.")
        if request.content_type != tus.OFFSET_TYPE:
            raise UploadError(UploadErrorCode.UNSUPPORTED_TYPE, f"Send bytes as {tus.OFFSET_TYPE}.")
        writing = uploads.Writing(
            upload,
            offset,
            tus.parse_number(request.META.get("CONTENT_LENGTH") or "0", "Content-Length"),
            tus.parse_checksum(request.headers.get("Upload-Checksum")),
        )
        return receive(request._request, _Part(writing, answer))


class UploadsView(_TusView):
    """`/api/uploads/`: what this server can do, and new uploads."""

    @extend_schema(
        summary="What this server can do", responses={204: OpenApiResponse(description="Headers only")}
    )
    def options(  # type: ignore[override]
        self, request: Any, *_args: Any, **_kwargs: Any
    ) -> HttpResponse:
        """Versions, extensions, checksum algorithms and the largest size, as headers."""
        response = _answer(HttpResponse(status=204))
        response["Tus-Extension"] = tus.EXTENSIONS
        response["Tus-Checksum-Algorithm"] = ",".join(tus.CHECKSUMS)
        response["Tus-Max-Size"] = str(settings.UPLOAD_MAX_BYTES)
        return response

    @extend_schema(
        summary="Begin an upload",
        parameters=[
            _RESUMABLE,
            _header("Upload-Length", "Size of the whole file in bytes.", required=True),
            _header("Upload-Metadata", "filename, kind (film, subtitles, artwork), videoId; each base64."),
            _CHECKSUM,
        ],
        request=_BYTES,
        responses={
            201: OpenApiResponse(description="Location is the upload's address"),
            400: OpenApiResponse(description="A header is missing or not well formed"),
            403: OpenApiResponse(description="Only operators may upload"),
            413: OpenApiResponse(description="Larger than Tus-Max-Size"),
            503: OpenApiResponse(description="The storage cannot be used at the moment"),
            507: OpenApiResponse(description="Not enough space"),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """Reserves the space. With a body of bytes they are the beginning of the file."""
        owner_id = self._operator(request)
        if "Upload-Defer-Length" in request.headers:
            raise UploadError(UploadErrorCode.INVALID, "The size must be known: send Upload-Length.")
        size = tus.parse_number(request.headers.get("Upload-Length"), "Upload-Length")
        said = tus.parse_metadata(request.headers.get("Upload-Metadata"))
        upload = uploads.create_upload(
            owner_id=owner_id,
            kind=said.kind,
            file_name=said.file_name,
            size_bytes=size,
            wanted_for=said.video_id,
        )
        address = f"{settings.PUBLIC_URL.rstrip('/')}{request.path.rstrip('/')}/{upload.pk}"

        def answer(upload: Upload, offset: int) -> HttpResponse:
            return _describe(HttpResponse(status=201, headers={"Location": address}), upload, offset)

        if request.content_type == tus.OFFSET_TYPE:
            return self._receive(request, upload, 0, answer)
        return answer(upload, 0)


class UploadView(_TusView):
    """`/api/uploads/<id>`: one upload, for the person who began it."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # Section "X-HTTP-Method-Override": for clients behind proxies that know no PATCH.
        wanted = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and wanted in ("PATCH", "DELETE", "HEAD"):
            request.method = wanted
        return super().dispatch(request, *args, **kwargs)

    def _mine(self, request: Request, key: UUID) -> Upload:
        owner_id = self._operator(request)
        upload = Upload.objects.filter(pk=key, owner_id=owner_id).first()
        if upload is None:
            raise UploadError(UploadErrorCode.NOT_FOUND, "There is no such upload.")
        return upload

    @extend_schema(
        summary="How much has arrived",
        parameters=[_RESUMABLE],
        responses={200: OpenApiResponse(description="Upload-Offset and Upload-Length"), 404: None},
    )
    def head(self, request: Request, key: UUID) -> HttpResponse:
        """The offset to go on from."""
        upload = self._mine(request, key)
        response = _describe(HttpResponse(status=200), upload, uploads.offset_of(upload))
        response["Upload-Length"] = str(upload.size_bytes)
        return response

    @extend_schema(
        summary="An upload as JSON",
        responses={
            200: {
                "type": "object",
                "properties": {
                    "offset": {"type": "integer", "description": "Bytes that have arrived"},
                    "size": {"type": "integer", "description": "Bytes in all"},
                    "assetId": {"type": "string", "nullable": True, "description": "Of a complete film"},
                },
            },
            404: None,
        },
    )
    def get(self, request: Request, key: UUID) -> HttpResponse:
        """What has arrived, and the asset that a complete film became."""
        upload = self._mine(request, key)
        offset = uploads.offset_of(upload)
        asset = encode_id(Asset.graphql_type, upload.asset_id) if upload.asset_id else None
        return _answer(JsonResponse({"offset": offset, "size": upload.size_bytes, "assetId": asset}))

    @extend_schema(
        summary="Send bytes",
        parameters=[
            _RESUMABLE,
            _header("Upload-Offset", "Where these bytes begin; must be the upload's offset.", required=True),
            _CHECKSUM,
        ],
        request=_BYTES,
        responses={
            204: OpenApiResponse(
                description="Upload-Offset is the new one; Asset-Id when a film is complete"
            ),
            409: OpenApiResponse(description="Upload-Offset is not the upload's"),
            413: OpenApiResponse(description="More bytes than announced"),
            423: OpenApiResponse(description="Another request writes to it"),
            460: OpenApiResponse(description="The checksum does not match; nothing was kept"),
            503: OpenApiResponse(description="The storage cannot be used at the moment; go on in a moment"),
            507: OpenApiResponse(description="Not enough space; what fitted was kept"),
        },
    )
    def patch(self, request: Request, key: UUID) -> HttpResponse:
        """Appends the body. What arrived before a connection broke is kept."""
        upload = self._mine(request, key)
        offset = tus.parse_number(request.headers.get("Upload-Offset"), "Upload-Offset")
        if upload.asset_id is not None:
            raise UploadError(UploadErrorCode.WRONG_OFFSET, "This upload is complete.")
        return self._receive(
            request, upload, offset, lambda upload, now: _describe(HttpResponse(status=204), upload, now)
        )

    @extend_schema(
        summary="Drop an upload", parameters=[_RESUMABLE], responses={204: None, 404: None, 423: None}
    )
    def delete(self, request: Request, key: UUID) -> HttpResponse:
        """Removes what has arrived. A film that is already in the factory stays there."""
        uploads.terminate(self._mine(request, key))
        return _answer(HttpResponse(status=204))

    def options(  # type: ignore[override]
        self, request: Any, *_args: Any, **_kwargs: Any
    ) -> HttpResponse:
        """As the collection's."""
        return UploadsView().options(request)
