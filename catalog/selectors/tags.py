"""Tags: there for an asker who sees a title of theirs."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from catalog.models import Tag, Title
from vod.lib.actor import Actor


def visible_tags(actor: Actor) -> "QuerySet[Tag]":
    """The tags of titles that this asker sees; operators see those without titles too."""
    if actor.is_operator:
        return Tag.objects.all()
    membership: Any = Title.tags.through.objects
    seen = Title.objects.visible_to(actor).filter(pk=OuterRef("title_id")).order_by()
    return Tag.objects.filter(Exists(membership.filter(Exists(seen), tag_id=OuterRef("pk"))))


def visible_tag(actor: Actor, key: UUID) -> Tag | None:
    """The tag of `key`, or None where this asker sees nothing of it."""
    return visible_tags(actor).filter(pk=key).first()
