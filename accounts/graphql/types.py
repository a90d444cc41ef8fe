"""Accounts as GraphQL shows them. The sources of the resolvers are Django rows."""

from typing import Any

import graphene

from accounts.graphql.loaders import ProfilesByUser
from accounts.plans import plan_of
from vod.lib.graphql.asking import asker
from vod.lib.graphql.node import Node


class Plan(graphene.ObjectType):
    """What an account may do."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True, description="What the plan is called.")
    max_streams = graphene.Int(required=True, description="How many may watch at once.")
    max_height = graphene.Int(required=True, description="The greatest height of the picture, in pixels.")


class Profile(graphene.ObjectType):
    """A person of the household."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True, description="What the person is called.")
    avatar = graphene.String(required=True, description="The name of the profile's picture.")
    is_kids = graphene.Boolean(required=True, description="Whether it is a child's profile.")
    maturity_limit = graphene.Int(description="The age, in years, up to which titles are seen; null: all.")
    language = graphene.String(required=True, description="The language that the person reads (BCP 47).")
    has_pin = graphene.Boolean(required=True, description="Whether a PIN is needed to become this profile.")


class User(graphene.ObjectType):
    """One account: a household that signs in together."""

    class Meta:
        interfaces = (Node,)

    email = graphene.String(required=True, description="The address that the account signs in with.")
    is_staff = graphene.Boolean(required=True, description="Whether the account may run the library.")
    plan = graphene.Field(Plan, description="What the account may do.")
    profiles = graphene.List(
        graphene.NonNull(Profile), required=True, description="The people of the household, oldest first."
    )
    active_profile = graphene.Field(
        Profile,
        description="The profile that this session or token watches as; null where none is chosen.",
    )

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
