"""Backing up and restoring, on the database that the tests run on."""

import io
import json
import tarfile
import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import InMemoryStorage, default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from community.models import AuditEntry
from config.backups.archive import Archive
from config.backups.making import kind_of_database
from discussions.models import Post
from notifications.actions import deliver
from notifications.models import Delivery, MailHold
from tests import factories as make
from tests.backups.conftest import run
from tests.serving import wait_until

once = pytest.mark.once  # the same on either database, and a restore takes its time


def rows() -> dict[str, int]:
    return kind_of_database().Target().tables()


def a_mail(person, **more):
    return Delivery.objects.create(person=person, kind="at_once", message_id=Delivery.new_message_id(), **more)


def test_every_row_and_every_file_comes_back(world, beside, archive):
    file = make.a_file(world.commons, by=world.bo)
    post = make.a_thread(world.commons, author=world.bo, body="Words of *mine*.").posts.get()
    mine, words = default_storage.open(file.file.name).read(), post.html
    made, before = archive(), rows()
    since = make.a_thread(world.commons, author=world.bo)  # it has a link in a mail, say
    with beside.entered():
        said = run("restore", made)
        after = rows()
        added = {name: count - before[name] for name, count in after.items() if count != before[name]}
        assert added.pop("community_auditentry") == added.pop("notifications_mailhold") == 1
        assert not set(added) - {"notifications_delivery", "notifications_mailsettings", "notifications_notification"}
        assert Post.objects.get(pk=post.pk).html == words
        assert default_storage.open(file.file.name).read() == mine
        assert "all counted" in said
        assert "/manage/mail/" in said
        assert make.a_thread(world.commons, author=world.bo).pk > since.pk + 1_000  # no link of then leads here


def test_people_go_on_writing_and_it_is_of_one_moment(world, beside, archive):
    thread, said, done = make.a_thread(world.commons, author=world.bo), [], threading.Event()

    def write() -> None:
        while not done.is_set():
            said.append(make.a_post(thread, author=make.a_member(world.community)).pk)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    wait_until(lambda: len(said) > 2)
    before = list(said)
    made = archive()
    after = list(said)
    done.set()
    writer.join()
    assert len(after) > len(before)  # nobody had to wait until it was made
    with beside.entered():
        run("restore", made)
        there = set(thread.posts.values_list("pk", flat=True))
        thread.refresh_from_db()
        assert there.issuperset(before)
        assert sorted(there.intersection(said)) == sorted(said)[: len(there) - 1]  # no gap
        assert thread.post_count == len(there)


@once
def test_after_it_nobody_is_signed_in_and_nothing_goes_out_twice(world, beside, archive, client_of, mailoutbox):
    client_of(world.bo)
    row = a_mail(world.bo, due_at=timezone.now() - timedelta(minutes=1))
    made = archive()
    with beside.entered():
        run("restore", made)
        assert not Session.objects.exists()
        row.refresh_from_db()
        assert (row.state, row.error.startswith("It was due before")) == ("dropped", True)
        assert MailHold.objects.get().by is None
        assert AuditEntry.objects.order_by("-pk")[0].act == "restored"
        new = a_mail(world.fay, due_at=timezone.now())
        deliver()
        new.refresh_from_db()
        assert (new.state, mailoutbox) == ("waiting", [])


@once
def test_an_l_and_d_admin_sees_that_a_restore_holds_mail_back(world, beside, archive):
    made = archive()
    with beside.entered():
        run("restore", made)
        client = Client()
        client.force_login(world.alice)
        assert "A backup was restored" in client.get("/manage/mail/").content.decode()
        client.post("/manage/mail/hold/", {"go": "1"})
        assert not MailHold.objects.exists()


@once
def test_after_a_move_what_waited_still_waits(world, beside, archive):
    row, made = a_mail(world.bo, due_at=timezone.now()), archive()
    with beside.entered():
        run("restore", made, "--nothing-sent-since")
        row.refresh_from_db()
        assert row.state == "waiting"
        assert MailHold.objects.exists()


@once
def test_a_used_installation_is_replaced_only_by_name(world, beside, archive):
    shared, other = make.a_file(world.commons, by=world.bo), make.a_file(world.commons, by=world.fay)
    make.a_thread(world.commons, author=world.bo)
    first = archive()
    kept = default_storage.open(shared.file.name).read()
    with beside.entered():
        run("restore", first)
        Post.objects.all().delete()
        late = make.a_file(world.commons, by=world.fay).file.name
        default_storage.delete(shared.file.name)
        default_storage.save(shared.file.name, io.BytesIO(b"something else"))
        for wrong in ([], ["--replace", "weft"]):
            with pytest.raises(CommandError, match=f"--replace {beside.called}"):
                run("restore", first, *wrong)
            assert not Post.objects.exists()
        run("restore", first, "--replace", beside.called)
        assert Post.objects.exists()
        assert default_storage.open(shared.file.name).read() == kept
        assert default_storage.exists(other.file.name)
        assert not default_storage.exists(late)


def test_what_goes_wrong_halfway_leaves_everything_as_it_was(world, beside, archive, monkeypatch):
    first = archive()
    with beside.entered():
        run("restore", first)
        words = make.a_thread(world.commons, author=world.bo, body="Since then.").posts.get()
        with monkeypatch.context() as broken:
            broken.setattr("config.backups.restoring.call_command", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                run("restore", first, "--replace", beside.called)
        assert Post.objects.get(pk=words.pk).source == "Since then."
        target = kind_of_database().Target()
        target.set_aside()
        target.fill(Archive(first), lambda done: None)  # and then it is killed
        assert not Post.objects.filter(pk=words.pk).exists()
        with pytest.raises(CommandError, match="already"):
            run("restore", first)
        assert Post.objects.get(pk=words.pk).source == "Since then."


def test_a_backup_of_an_earlier_weft_is_brought_up_to_date(world, beside, archive, tmp_path):
    made, old = archive(), tmp_path / "old.weft"
    with beside.entered():
        run("restore", made)
        MailHold.objects.all().delete()
        call_command("migrate", "notifications", "0019", verbosity=0, interactive=False)
        run("backup", old)
        run("restore", old, "--replace", beside.called)
        assert MailHold.objects.get().by is None  # which the earlier one could not hold


@once
def test_uploads_may_be_in_any_storage_and_lost_ones_are_told(world, beside, archive, settings):
    options = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": options}
    there, lost = (make.a_file(world.commons, by=world.bo).file.name for _ in range(2))
    assert isinstance(storages["default"], InMemoryStorage)
    content = default_storage.open(there).read()
    default_storage.delete(lost)
    made = archive()
    with beside.entered():
        default_storage.delete(there)
        assert f"{lost} was missing" in run("restore", made)
        assert default_storage.open(there).read() == content


@once
def test_an_archive_is_a_tar_that_lists_what_is_in_it(world, archive):
    file = make.a_file(world.commons, by=world.bo)
    make.a_thread(world.commons, author=world.bo)
    with tarfile.open(archive()) as tar:
        names = tar.getnames()
        contents = [json.loads(line) for line in tar.extractfile("contents.jsonl")]
        head = json.load(tar.extractfile("backup.json"))
    assert names == [line["name"] for line in contents] + ["contents.jsonl"]
    assert f"uploads/{file.file.name}" in names
    assert head["tables"]["discussions_post"] == Post.objects.count() == 1


@once
def test_a_backup_never_takes_the_place_of_another_file(world, archive):
    made = archive()
    with pytest.raises(CommandError, match="already"):
        run("backup", made)
    with pytest.raises(CommandError, match="can't be written"):
        run("backup", made.parent / "nowhere" / "one.weft")
    assert [path.name for path in made.parent.glob("*.weft*")] == ["one.weft"]
