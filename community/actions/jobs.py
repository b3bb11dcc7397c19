"""Long work, part by part. What a kind of it does is registered by whoever knows: the apps above this one, too."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from .. import tasks
from ..models import Community, Job

Step = Callable[[Job], bool]

STEPS: dict[str, Step] = {}
LEFT_ALONE = timedelta(seconds=60)  # without a sign of life a worker is taken for dead
logger = logging.getLogger(__name__)


class JobFailed(Exception):
    """It can't be done, for a reason that its first argument tells people; nothing of this part was done."""


def job_kind(kind: str) -> Callable[[Step], Step]:
    """Register `step(job)`, which does the next bounded part (a second or so) and returns whether there is more. It
    runs in a transaction with the job's row locked; what it sets of `cursor`, `done` and `total` is saved with what it
    did, so a part is done once, however often its worker dies. It may raise JobFailed."""

    def register(step: Step) -> Step:
        STEPS[kind] = step
        return step

    return register


@transaction.atomic
def start_job(
    *,
    kind: str,
    by: User,
    title: str,
    path: str,
    community: Community | None = None,
    arguments: Mapping[str, Any] | None = None,
    total: int = 0,
    key: UUID | None = None,
) -> Job:
    """Write down what is to be done; a worker begins after the commit. A second call with the same `key` returns the
    job that the first one made."""
    job, made = Job.objects.get_or_create(
        key=key or uuid4(),
        defaults={
            "kind": kind,
            "by": by,
            "community": community,
            "title": title,
            "path": path,
            "arguments": dict(arguments or {}),
            "total": total,
        },
    )
    if made:
        tasks.run_job.delay_on_commit(job.pk)
    return job


def run_job(job_id: int) -> None:
    """Do all that is left of it, part by part. A second worker at the same job waits for the row and goes on from where
    the first one is; what fails unforeseen is tried again by the next sweep."""
    while run_part(job_id):
        pass


@transaction.atomic
def run_part(job_id: int) -> bool:
    """One part of it, once; whether there is more. Locks the job's row."""
    job = Job.objects.select_for_update().unfinished().filter(pk=job_id).first()
    if job is None:
        return False
    try:
        with transaction.atomic():
            more = STEPS[job.kind](job)
    except JobFailed as reason:
        job.problem, job.failed_at, more = str(reason) or _("It could not be done."), timezone.now(), False
    else:
        job.done_at = None if more else timezone.now()
    job.worked_at = timezone.now()
    job.save(update_fields=["cursor", "done", "total", "problem", "worked_at", "done_at", "failed_at"])
    return more


def sweep_jobs(limit: int = 20) -> None:
    """Go on with what a dead worker or an emptied broker left. What fails is logged and holds up nothing else."""
    left = Job.objects.left_alone(since=timezone.now() - LEFT_ALONE)
    for job_id in list(left.values_list("pk", flat=True)[:limit]):
        try:
            run_job(job_id)
        except Exception:
            logger.exception("Job %s did not go on; the next sweep tries again.", job_id)
            Job.objects.filter(pk=job_id).update(worked_at=timezone.now())
