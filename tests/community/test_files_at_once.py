"""Files sent at the same moment."""

import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.actions import QuotaFull, add_file
from community.models import PlaceFile
from tests.discussions.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(settings):
    return lambda: [path for path in Path(settings.MEDIA_ROOT).glob("places/**/*") if path.is_file()]


def sender(world):
    def send(key):
        upload = SimpleUploadedFile("heron.txt", b"The heron stands still.\n")
        try:
            return add_file(by=world.bo, place=world.place, upload=upload, key=key)
        except QuotaFull:
            return None

    return send


def test_the_same_upload_twenty_times_at_once_is_one_file(world, stored):
    made = at_once(sender(world), [uuid.uuid4()] * 20)
    assert {file.pk for file in made} == {PlaceFile.objects.get().pk}
    assert len(stored()) == 1


def test_twenty_of_one_name_at_once_are_all_there(world, stored):
    made = at_once(sender(world), [uuid.uuid4() for _ in range(20)])
    assert {file.file.read() for file in made} == {b"The heron stands still.\n"}
    assert len({file.pk for file in made}) == len(stored()) == 20


def test_twenty_at_once_do_not_go_past_the_quota(world, stored, settings):
    settings.FILE_QUOTA_BYTES = 5 * 24 + 10
    made = at_once(sender(world), [uuid.uuid4() for _ in range(20)])
    assert len([file for file in made if file]) == PlaceFile.objects.count() == len(stored()) == 5
