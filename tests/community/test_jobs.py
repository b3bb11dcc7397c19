"""Long work goes on where it stopped, does each part once, and says how far it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from community.actions import JobFailed, job_kind, record_act, run_job, run_part, start_job, sweep_jobs
from community.actions.jobs import STEPS
from community.models import AuditEntry, Job
from community.models.audit import LogIsClosed
from tests import factories as make


@pytest.fixture
def steps():
    """A kind of work that counts to three; what it did."""
    done = []

    @job_kind("count")
    def step(job):
        if job.arguments.get("dies_at") == job.done and not job.arguments.get("lived"):
            raise RuntimeError("killed")
        if job.arguments.get("fails_at") == job.done:
            raise JobFailed("There is no more.")
        job.done += 1
        job.cursor = {"at": job.done}
        done.append(job.done)
        return job.done < job.total

    yield done
    del STEPS["count"]


def a_job(by, **arguments):
    return start_job(kind="count", by=by, title="Counting", path="/", total=3, arguments=arguments)


def test_a_job_is_done_part_by_part_and_only_once(db, steps):
    job = a_job(make.a_person())
    run_job(job.pk)
    run_job(job.pk)
    job.refresh_from_db()
    assert steps == [1, 2, 3]
    assert (job.done, job.percent, job.is_over) == (3, 100, True)


def test_asking_twice_with_one_key_begins_one_job(db, steps):
    key, by = uuid4(), make.a_person()
    first = start_job(kind="count", by=by, title="One", path="/", key=key)
    assert start_job(kind="count", by=by, title="One", path="/", key=key) == first
    assert Job.objects.count() == 1


def test_what_a_dead_worker_left_goes_on_where_it_was(db, steps):
    job = a_job(make.a_person(), dies_at=1)
    with pytest.raises(RuntimeError):
        run_job(job.pk)
    sweep_jobs()  # too early: a worker may be at it
    assert steps == [1]
    Job.objects.update(worked_at=timezone.now() - timedelta(minutes=5), arguments={"lived": True})
    sweep_jobs()
    job.refresh_from_db()
    assert (steps, job.is_over) == ([1, 2, 3], True)


def test_what_cannot_be_done_says_why(db, steps, client_of):
    by = make.a_person()
    job = a_job(by, fails_at=2)
    run_job(job.pk)
    assert not run_part(job.pk)
    page = client_of(by).get(job.get_absolute_url()).content.decode()
    assert "There is no more." in page
    assert steps == [1, 2]


def test_the_page_of_a_job_follows_it_until_it_is_over(db, steps, client_of):
    by = make.a_person()
    job = a_job(by)
    run_part(job.pk)
    fragment = client_of(by).get(f"{job.get_absolute_url()}?fragment").content.decode()
    assert 'value="33"' in fragment
    assert "hx-trigger" in fragment
    run_job(job.pk)
    assert "hx-trigger" not in client_of(by).get(f"{job.get_absolute_url()}?fragment").content.decode()
    assert client_of(make.a_person()).get(job.get_absolute_url()).status_code == 404


def test_the_log_of_administrative_acts_is_not_edited(db):
    entry = record_act(by=make.a_person(), act=AuditEntry.Act.ROLE, about="x" * 400)
    assert len(entry.about) == 300
    for change in (entry.delete, AuditEntry.objects.all().delete, lambda: AuditEntry.objects.update(about="y")):
        with pytest.raises(LogIsClosed):
            change()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE community_auditentry SET about = 'y'")
