"""What a page of the app asks first, answered within the page itself: a round trip less before anything is seen."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import Error as DatabaseFailure
from django.http import HttpRequest
from graphql import GraphQLSchema

from accounts.authentication import actor_of
from vod.lib.actor import Actor
from vod.lib.graphql.inside import ask
from vod.operations import known_operations, web_documents
from vod.schema import schema

_TITLE = re.compile(r"/title/(?P<slug>[^/]+)/?\Z")


@dataclass(frozen=True)
class Answer:
    """An operation of the web app's own, its variables as the app sends them, and its data."""

    operation: str
    variables: dict[str, Any]
    data: dict[str, Any]


def first_answers(request: HttpRequest) -> list[Answer]:
    """Who is here, and what the address shows them. What cannot be told is left to the app to ask."""
    try:
        actor, _ = actor_of(request)
        if not actor.is_signed_in:
            return [Answer("Viewer", {}, {"viewer": None})]
        asked = [("Viewer", dict[str, Any]()), *_of_address(request.path, actor)]
        answers = [_answer(request, actor, name, variables) for name, variables in asked]
    except DatabaseFailure:
        # The page itself needs no database, and says by itself that the server does not answer.
        return []
    return [answer for answer in answers if answer]


def _of_address(path: str, actor: Actor) -> list[tuple[str, dict[str, Any]]]:
    if actor.profile_id is None and not actor.is_operator:
        return []
    if path == "/":
        return [("Home", {}), *([("Continue", {})] if actor.profile_id else [])]
    title = _TITLE.match(path)
    return [("TitlePage", {"slug": title["slug"]})] if title else []


def _answer(request: HttpRequest, actor: Actor, name: str, variables: dict[str, Any]) -> Answer | None:
    inner: GraphQLSchema = schema.graphql_schema
    query = web_documents()[name]
    data = ask(inner, request, actor, query=query, variables=variables, known=known_operations())
    return Answer(name, variables, data) if data is not None else None


def largest_picture(answers: list[Answer]) -> tuple[str, str] | None:
    """Address and `srcset` of the picture that the page will be seen by, if it has one."""
    for answer in answers:
        home, title = answer.data.get("home"), answer.data.get("title")
        shown = (home or {}).get("hero") if home else title
        artwork = (shown or {}).get("artwork") or {}
        if artwork.get("backdropUrl"):
            return artwork["backdropUrl"], artwork.get("backdropSrcset") or ""
    return None
