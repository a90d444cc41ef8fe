"""Accounts as GraphQL shows them. The sources of the resolvers are Django rows."""

from typing import Any

import graphene

from accounts.authentication import login_of_token
from accounts.browsers import browser_sessions
from accounts.graphql.loaders import ProfilesByUser
from accounts.graphql.preferences import Preferences
from accounts.plans import plan_of
from accounts.tokens import GRANTABLE, live_tokens
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.connections import CountedConnection, Page, keyset_page, list_page
from vod.lib.graphql.errors import ApiError, ApiErrorCode
from vod.lib.graphql.node import Node


class Plan(graphene.ObjectType):
    """What an account may do."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True, description="What the plan is called.")
    max_streams = graphene.Int(required=True, description="How many may watch at once.")
    max_height = graphene.Int(required=True, description="The greatest height of the picture, in pixels.")
    max_profiles = graphene.Int(required=True, description="How many people the household may have.")
    downloads = graphene.Boolean(required=True, description="Whether films may be kept on devices.")


class Profile(Preferences, graphene.ObjectType):
    """A person of the household."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True, description="What the person is called.")
    avatar = graphene.String(required=True, description="The name of the profile's picture.")
    is_kids = graphene.Boolean(required=True, description="Whether it is a child's profile.")
    maturity_limit = graphene.Int(description="The age, in years, up to which titles are seen; null: all.")
    language = graphene.String(required=True, description="The language that the person reads (BCP 47).")
    has_pin = graphene.Boolean(required=True, description="Whether a PIN is needed to become this profile.")


_SCOPE_WORDS = {
    "READ": "To read what the account may see, and to choose the profile that the token reads as.",
    "WATCH": "To read, to play, and to write what a profile keeps: positions, lists, ratings.",
    "OPERATE": "To read, and to run the library: its titles, artwork, films and uploads.",
}


def _describe_scope(value: Any) -> str:
    return "What a token is good for." if value is None else _SCOPE_WORDS[value.name]


ScopeEnum = graphene.Enum(
    "Scope", [(scope.name, scope.value) for scope in GRANTABLE], description=_describe_scope
)


class AccessToken(graphene.ObjectType):
    """A bearer token of the account. What it says was shown once, when it was made."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True, description="What it is for, or the program that signed in.")
    scopes = graphene.List(
        graphene.NonNull(ScopeEnum),
        description="What it is good for; null for one from a sign-in: all that the account may do.",
    )
    created_at = graphene.DateTime(required=True, description="When it was made, in UTC.")
    expires_at = graphene.DateTime(required=True, description="When it ends by itself, in UTC.")
    is_current = graphene.Boolean(required=True, description="Whether this request came with it.")

    @staticmethod
    def resolve_is_current(token: Any, info: Any) -> bool:
        return asker(info).login == login_of_token(token.pk)


class BrowserSession(graphene.ObjectType):
    """A browser in which the account is signed in."""

    class Meta:
        interfaces = (Node,)

    browser = graphene.String(required=True, description="What the browser calls itself (User-Agent).")
    address = graphene.String(
        required=True, description="The network address that it came from last; empty where none is known."
    )
    created_at = graphene.DateTime(required=True, description="When it was signed in, in UTC.")
    last_seen_at = graphene.DateTime(
        required=True, description="When it was in use last, in UTC, to a quarter of an hour."
    )
    is_current = graphene.Boolean(required=True, description="Whether this request came from it.")

    @staticmethod
    def resolve_is_current(session: Any, info: Any) -> bool:
        return bool(asker(info).login == session.login)


class BrowserSessionConnection(CountedConnection):
    """Browsers of the account, the one that was in use last first."""

    class Meta:
        node = BrowserSession


class WaitingDevice(graphene.ObjectType):
    """A television or a program that shows a code and waits for somebody to let it sign in."""

    name = graphene.String(required=True, description="What it calls itself.")
    address = graphene.String(required=True, description="The network address that it asked from.")
    scopes = graphene.List(
        graphene.NonNull(ScopeEnum),
        description="What it wants to do; null for all that the account may do.",
    )
    created_at = graphene.DateTime(required=True, description="When it asked, in UTC.")
    expires_at = graphene.DateTime(required=True, description="When its code runs out, in UTC.")


class AccessTokenConnection(CountedConnection):
    """Tokens of the account, the newest first."""

    class Meta:
        node = AccessToken


def _may_list_logins(user: Any, info: Any) -> bool:
    """Whether it is the asker's own account. Raises ApiError FORBIDDEN where they may not change it."""
    actor = asker(info)
    if actor.user_id != user.pk:
        return False
    if lack := actor.lacks(Scope.ACCOUNT):
        raise ApiError(ApiErrorCode.FORBIDDEN, lack)
    if actor.is_confined:
        raise ApiError(ApiErrorCode.FORBIDDEN, "Where an account is signed in is not for a child's profile.")
    return True


class User(graphene.ObjectType):
    """One account: a household that signs in together."""

    class Meta:
        interfaces = (Node,)

    email = graphene.String(required=True, description="The address that the account signs in with.")
    is_staff = graphene.Boolean(required=True, description="Whether the account may run the library.")
    plan = graphene.Field(Plan, description="What the account may do.")
    erases_at = graphene.DateTime(
        description="When the account is erased, in UTC; null unless that was asked for."
    )
    profiles = graphene.List(
        graphene.NonNull(Profile), required=True, description="The people of the household, oldest first."
    )
    active_profile = graphene.Field(
        Profile,
        description="The profile that this session or token watches as; null where none is chosen.",
    )

    tokens = graphene.Field(
        AccessTokenConnection,
        description="The live bearer tokens of the account, the newest first. Only for its own sign-ins.",
        first=graphene.Int(description="How many, at most 100."),
        after=graphene.String(description="A cursor to go on from."),
    )

    browser_sessions = graphene.Field(
        BrowserSessionConnection,
        description="The browsers in which the account is signed in. Only for its own sign-ins.",
        first=graphene.Int(description="How many, at most 100."),
        after=graphene.String(description="A cursor to go on from."),
    )

    @staticmethod
    def resolve_browser_sessions(
        user: Any, info: Any, first: int | None = None, after: str | None = None
    ) -> Page[Any] | None:
        if not _may_list_logins(user, info):
            return None
        return list_page(browser_sessions(user.pk), first=first, after=after)

    @staticmethod
    def resolve_tokens(
        user: Any, info: Any, first: int | None = None, after: str | None = None
    ) -> Page[Any] | None:
        if not _may_list_logins(user, info):
            return None
        return keyset_page(live_tokens(user), order=["-id"], first=first, after=after)

    @staticmethod
    def resolve_plan(user: Any, _info: Any) -> Any:
        return plan_of(user)

    @staticmethod
    def resolve_profiles(user: Any, info: Any) -> Any:
        return info.context.loaders.get(ProfilesByUser).load(user.pk)

    @staticmethod
    def resolve_active_profile(user: Any, info: Any) -> Any:
        actor = asker(info)
        if actor.profile_id is None or actor.user_id != user.pk:
            return None
        profiles = info.context.loaders.get(ProfilesByUser).load(user.pk)
        return profiles.then(lambda rows: next((row for row in rows if row.pk == actor.profile_id), None))
