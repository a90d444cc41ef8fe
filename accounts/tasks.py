"""Thin doors for Celery."""

from celery import shared_task

from accounts.services.erase_account import erase_due


@shared_task(name="accounts.erase_due", ignore_result=True, soft_time_limit=240, time_limit=300)
def erase_due_accounts() -> None:
    """Every ten minutes: accounts whose time has come are erased."""
    erase_due()
