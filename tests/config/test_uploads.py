"""Files while they come in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory


@pytest.fixture
def bounded(settings, tmp_path):
    settings.FILE_BYTES_MAX = 200_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def sent(size):
    return RequestFactory().post("/", {"words": "Mine.", "file": SimpleUploadedFile("x.bin", b"x" * size), "key": "1"})


@pytest.mark.once
def test_a_file_within_the_limit_waits_on_disk(bounded):
    request = sent(200_000)
    file = request.FILES["file"]
    assert (file.size, len(list(bounded.iterdir())), request.POST["key"]) == (200_000, 1, "1")
    file.close()
    assert list(bounded.iterdir()) == []


@pytest.mark.once
def test_of_what_is_too_large_nothing_is_kept_but_its_size_and_the_other_fields(bounded):
    request = sent(300_000)
    assert (request.FILES["file"].size, request.FILES["file"].read()) == (300_000, b"")
    assert request.POST.dict() == {"words": "Mine.", "key": "1"}
    assert list(bounded.iterdir()) == []


@pytest.mark.once
def test_of_what_is_far_too_large_no_more_is_read(bounded):
    request = sent(2_000_000)
    assert "file" not in request.FILES
    assert request.POST.dict() == {"words": "Mine."}
    assert list(bounded.iterdir()) == []
