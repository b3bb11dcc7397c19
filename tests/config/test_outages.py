"""What is answered with 503, and what with 500."""

import errno
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from environs import Env
from storages.backends.s3 import S3Storage

from community.models import PlaceFile
from config.outages import Outage, outage_of
from config.storage import storage
from tests.factories import a_community, a_member, a_thread, commons_of

WORDS = "First line\n\n  <b>indented</b> & kept"


def caught(do):
    with pytest.raises(Exception) as problem, transaction.atomic():  # noqa: PT011 what it is, is asked
        do()
    return problem.value


def asking(sql, *values):
    def ask():
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return ask


@pytest.fixture
def thread(db):
    return a_thread(commons_of(a_community()))


@pytest.fixture
def bo(thread):
    return a_member(thread.place.community, "Bo Lindqvist")


@pytest.fixture
def away():
    """The database is, for every question."""

    def refuse(*_args, **_more):
        raise OperationalError("no route to 10.1.2.3")

    return connection.execute_wrapper(refuse)


@pytest.mark.django_db
def test_what_the_database_says_of_our_mistakes_is_no_outage():
    assert outage_of(caught(asking("SELECT nothing FROM nowhere"))) is None
    assert outage_of(caught(asking("SELEC"))) is None
    assert outage_of(caught(asking("INSERT INTO django_session (session_key) VALUES (NULL)"))) is None


@pytest.mark.django_db
def test_what_comes_right_by_itself_is_one():
    if connection.vendor == "sqlite":
        problem = caught(asking("ATTACH DATABASE '/nowhere/at/all' AS other"))
    else:
        problem = caught(asking("SET LOCAL statement_timeout = 20; SELECT pg_sleep(5)"))
    assert outage_of(problem) is Outage.DATABASE


@pytest.mark.once
def test_broken_connections_and_full_disks_are_and_other_errors_are_not():
    for problem in (OperationalError("gone"), InterfaceError("already closed"), DatabaseError("no message")):
        assert outage_of(problem) is Outage.DATABASE
    assert outage_of(OSError(errno.ENOSPC, "no space left")) is Outage.DISK
    for problem in (OSError(errno.ENOENT, "no such file"), IntegrityError("twice"), ValueError(), None):
        assert outage_of(problem) is None


def test_without_a_database_a_page_is_one_clear_503(client_of, bo, away, logged_errors):
    client = client_of(bo)
    client.raise_request_exception = False
    with away:
        answer = client.get("/")
    logged_errors.clear()
    html = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"
    assert "away for a moment" in html
    assert "10.1.2.3" not in html
    assert client.get("/").status_code == 200


def test_what_was_sent_meanwhile_is_given_back_and_can_be_sent_again(client_of, bo, thread, away, logged_errors):
    client = client_of(bo)
    client.raise_request_exception = False
    url = reverse("reply", args=[thread.place.community.slug, thread.pk])
    form = {"body": WORDS, "key": "7e7e7e7e-0000-4000-8000-000000000001"}
    with away:
        answer = client.post(url, form)
    logged_errors.clear()
    html = answer.content.decode()
    assert answer.status_code == 503
    assert ">\nFirst line\n\n  &lt;b&gt;indented&lt;/b&gt; &amp; kept</textarea>" in html
    for _ in range(2):
        assert client.post(url, form).status_code in (200, 302)
    assert thread.posts.filter(source=WORDS).count() == 1


def test_a_mistake_of_ours_is_still_a_500(client_of, bo, monkeypatch, logged_errors):
    def fail(*_args):
        raise RuntimeError("a mistake")

    monkeypatch.setattr("notifications.views.listing.Paginator", fail)
    client = client_of(bo)
    client.raise_request_exception = False
    assert client.get("/notifications/").status_code == 500
    logged_errors.clear()


def full_disk(*_args, **_more):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_takes_no_file_says_so_and_everything_else_works(client_of, bo, thread, monkeypatch, logged_errors):
    client = client_of(bo)
    client.raise_request_exception = False
    community, place = thread.place.community, thread.place
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full_disk)
    url = reverse("add_file", args=[community.slug, place.pk])
    form = {"file": SimpleUploadedFile("notes.txt", b"some words"), "key": "7e7e7e7e-0000-4000-8000-000000000002"}
    answer = client.post(url, form)
    logged_errors.clear()
    assert answer.status_code == 503
    assert "no room for new files" in answer.content.decode()
    assert not PlaceFile.objects.filter(place=place).exists()
    answer = client.post(reverse("reply", args=[community.slug, thread.pk]), {"body": WORDS, "key": form["key"]})
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize("size", [10, 3 * 1024 * 1024])
def test_what_comes_in_while_there_is_no_room_for_it_is_answered_too(client_of, bo, monkeypatch, logged_errors, size):
    monkeypatch.setattr("tempfile.NamedTemporaryFile", full_disk)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", full_disk)
    client: Client = client_of(bo)
    client.raise_request_exception = False
    form = {"name": "Bo", "handle": "bo", "time_zone": "UTC", "picture": SimpleUploadedFile("a.png", b"x" * size)}
    answer = client.post("/settings/profile/", form)
    logged_errors.clear()
    assert answer.status_code == (503 if size > 2 * 1024 * 1024 else 422)


@pytest.mark.once
def test_object_storage_is_waited_for_briefly():
    env = {"STORAGE_BACKEND": "storages.backends.s3.S3Storage", "STORAGE_OPTIONS": '{"bucket_name": "weft"}'}
    with mock.patch.dict("os.environ", env):
        given = storage(Env())
    client = S3Storage(**given["OPTIONS"], endpoint_url="http://127.0.0.1:9", region_name="here").connection.meta.client
    config = client.meta.config
    assert (config.connect_timeout, config.read_timeout) == (3, 20)
    assert config.retries["total_max_attempts"] == 2
    assert given["OPTIONS"]["bucket_name"] == "weft"


@pytest.mark.once
def test_a_file_that_could_not_be_stored_to_its_end_leaves_nothing(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = str(tmp_path / "kept")
    storage = storages["default"]
    assert storage.save("a/b.txt", ContentFile(b"one")) == "a/b.txt"
    other = storage.save("a/b.txt", ContentFile(b"two"))
    assert other != "a/b.txt"
    assert [storage.open(name).read() for name in ("a/b.txt", other)] == [b"one", b"two"]

    class Breaking(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half of"
            full_disk()

    with pytest.raises(OSError, match="No space"):
        storage.save("a/c.txt", Breaking(b""))
    assert sorted(path.name for path in (tmp_path / "kept" / "a").iterdir()) == sorted(["b.txt", other[2:]])
