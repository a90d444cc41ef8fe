"""The catalogue's doors for Celery."""

from uuid import UUID

from celery import shared_task

from catalog import search
from catalog.services import picture_copies
from catalog.services import settle_attachments as settling
from catalog.services.demo.making import make_next_film
from catalog.services.demo.record import demo_folder
from transcoding.queue import Lane
from transcoding.services.toolbox import able_to_work, tools
from vod.lib.queue import enqueue

_FILMS = Lane.BACKGROUND.value


@shared_task(name="catalog.settle_attachments", acks_late=True, ignore_result=True, time_limit=600)
def settle_attachments() -> None:
    """Brings videos and films together and makes missing pictures; safe to run twice at once."""
    settling.settle_attachments()


@shared_task(name="catalog.refresh_words", acks_late=True, ignore_result=True, time_limit=600)
def refresh_words(*titles: str) -> None:
    """Brings what search looks in of these titles up to date."""
    search.index([UUID(title) for title in titles])


@shared_task(name="catalog.make_missing_copies", acks_late=True, ignore_result=True, time_limit=600)
def make_missing_copies() -> None:
    """Makes smaller copies of pictures that have none, and asks for the next ones."""
    if picture_copies.make_missing_copies() == picture_copies.AT_ONCE:
        enqueue("catalog.make_missing_copies", queue=_FILMS, at_most=1)


@shared_task(name="catalog.ask_for_demo_film", ignore_result=True, time_limit=60)
def ask_for_demo_film() -> None:
    """Every ten seconds: asks for a film of the demo library, where there is one and nobody was asked already."""
    if demo_folder().is_dir():
        enqueue("catalog.make_demo_film", queue=_FILMS, at_most=1)


@shared_task(name="catalog.make_demo_film", acks_late=True, ignore_result=True, time_limit=600)
def make_demo_film() -> None:
    """Makes one film of the demo library, if one is missing, and asks for the next; two at once do not happen."""
    if able_to_work() and make_next_film(tools=tools()):
        enqueue("catalog.make_demo_film", queue=_FILMS, at_most=1)
