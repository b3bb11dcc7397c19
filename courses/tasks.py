import logging

from celery import shared_task

from community.actions import TooFast
from community.models import Community

from . import actions
from .models import Cohort, StepDate

HANDED_ON_AT_MOST = 200  # a run
ASKED_AT_MOST = 500  # a run; the next one goes on
logger = logging.getLogger(__name__)


@shared_task
def ask_what_is_due() -> None:
    """Ask the prompts and topics of schedules whose time has come. What fails holds up nothing else and is tried
    again."""
    for date_id in StepDate.objects.due().values_list("pk", flat=True)[:ASKED_AT_MOST]:
        try:
            actions.ask_due(date_id)
        except (TooFast, actions.NobodyToAsk):
            continue
        except Exception:
            logger.exception("Date %s is due and was not asked; the next run tries again.", date_id)


@shared_task
def note_openings() -> None:
    """Note which units of schedules have opened. What fails holds up nothing else and is tried again."""
    for date_id in StepDate.objects.just_opened().values_list("pk", flat=True)[:ASKED_AT_MOST]:
        try:
            actions.note_opening(date_id)
        except actions.NobodyToAsk:
            continue
        except Exception:
            logger.exception("Nothing was noted of the opening of date %s; the next run tries again.", date_id)


@shared_task
def keep_ends() -> None:
    """Say which cohorts end soon, and turn the season of those whose last day is over. What fails is logged, holds up
    nothing else and is tried again."""
    for cohort_id in list(Cohort.objects.nearing_their_end().values_list("pk", flat=True)):
        try:
            actions.keep_end(cohort_id)
        except Exception:
            logger.exception("What is due at the end of cohort %s was not done; the next run tries again.", cohort_id)


@shared_task
def keep_hosts() -> None:
    """Give each community whose hosts are all gone a host by the rule. What fails is logged and holds up nothing."""
    for community_id in Community.objects.without_host().values_list("pk", flat=True)[:HANDED_ON_AT_MOST]:
        try:
            actions.keep_hosted(community_id)
        except Exception:
            logger.exception("Community %s has no host yet; the next run tries again.", community_id)
