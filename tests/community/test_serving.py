"""Giving out files: to whom, as what, and in parts."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.actions import add_file, remove_member
from discussions.actions import delete_post, edit_post, restore_post
from tests.factories import a_post, a_thread, an_upload

WORDS = b"The heron stands still.\n" * 50
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def put(world):
    def put(data=WORDS, name="heron.txt", by=None):
        upload = data if hasattr(data, "read") else SimpleUploadedFile(name, data)
        return add_file(by=by or world.bo, place=world.place, upload=upload, key=uuid.uuid4())

    return put


def linked(file):
    return f"See [{file.name}]({file.get_absolute_url()})."


def seen(client_of, file, people):
    addresses = [file.get_absolute_url(), *([file.picture.src] if file.picture else [])]
    answers = {url: [client_of(person).get(url).status_code for person in people] for url in addresses}
    assert len({tuple(statuses) for statuses in answers.values()}) == 1, answers
    return answers[addresses[0]]


def test_it_is_seen_by_who_may_see_what_links_to_it_at_this_moment(world, client_of, put):
    file = put(an_upload())
    everybody = [world.bo, world.fay, world.al, world.cy, world.ed]
    assert seen(client_of, file, everybody) == [200, 404, 404, 404, 404]
    post = a_thread(world.place, author=world.bo, body=linked(file)).posts.get()
    file.refresh_from_db()
    assert file.used_at
    assert seen(client_of, file, everybody) == [200, 200, 200, 404, 404]
    delete_post(by=world.fay, post=post)
    assert seen(client_of, file, everybody) == [200, 404, 404, 404, 404]
    restore_post(by=world.fay, post=post)
    remove_member(world.community.memberships.current().get(user=world.bo))
    assert seen(client_of, file, everybody) == [404, 200, 200, 404, 404]


def test_an_edit_that_takes_the_link_out_takes_the_file_away(world, client_of, put):
    file = put()
    post = a_thread(world.place, author=world.bo, body=linked(file)).posts.get()
    edit_post(author=world.bo, post=post, body="Nothing to see.", version=1)
    assert seen(client_of, file, [world.bo, world.fay]) == [200, 404]


def test_a_link_of_somebody_who_may_not_see_it_opens_nothing(world, client_of, put):
    file = put()
    a_post(a_thread(world.place), author=world.fay, body=linked(file))
    assert seen(client_of, file, [world.fay]) == [404]


def test_the_address_of_another_community_leads_nowhere(world, client_of, put):
    file = put()
    assert client_of(world.bo).get(f"/c/{world.other.slug}/files/{file.pk}/heron.txt").status_code == 404


@pytest.mark.parametrize(("data", "name"), [(HTML, "a.html"), (HTML, "a.jpg"), (SVG, "a.svg")])
def test_what_a_browser_could_run_is_only_saved(world, client_of, put, data, name):
    response = client_of(world.bo).get(put(data, name).get_absolute_url())
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"


def test_a_picture_is_shown_and_a_pdf_is_saved(world, client_of, put):
    picture = client_of(world.bo).get(put(an_upload()).get_absolute_url())
    assert (picture["Content-Type"], picture["Content-Disposition"]) == ("image/webp", 'inline; filename="photo.webp"')
    pdf = client_of(world.bo).get(put(b"%PDF-1.4\n", "é x.pdf").get_absolute_url())
    assert pdf["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9%20x.pdf"


@pytest.mark.parametrize(
    ("asked", "status", "first", "length", "said"),
    [
        (None, 200, 0, 1200, None),
        ("bytes=0-9", 206, 0, 10, "bytes 0-9/1200"),
        ("bytes=1190-", 206, 1190, 10, "bytes 1190-1199/1200"),
        ("bytes=-5", 206, 1195, 5, "bytes 1195-1199/1200"),
        ("bytes=-5000", 206, 0, 1200, "bytes 0-1199/1200"),
        ("bytes=1000-99999", 206, 1000, 200, "bytes 1000-1199/1200"),
        ("bytes=1200-", 416, 0, 0, "bytes */1200"),
        ("bytes=-0", 416, 0, 0, "bytes */1200"),
        ("bytes=5-2", 200, 0, 1200, None),
        ("bytes=-", 200, 0, 1200, None),
        ("bytes=0-1,5-6", 200, 0, 1200, None),
        ("lines=0-1", 200, 0, 1200, None),
        ("bytes=0-9" + "9" * 40, 200, 0, 1200, None),
    ],
)
def test_a_part_is_given(world, client_of, put, asked, status, first, length, said):
    headers = {"Range": asked} if asked else {}
    response = client_of(world.bo).get(put().get_absolute_url(), headers=headers)
    assert (response.status_code, response.get("Content-Range")) == (status, said)
    assert response["Accept-Ranges"] == "bytes"
    if status != 416:
        assert b"".join(response.streaming_content) == WORDS[first : first + length]
        assert int(response["Content-Length"]) == length


def test_a_download_goes_on_where_it_stopped_only_if_it_is_the_same(world, client_of, put):
    file, client = put(), client_of(world.bo)
    url, etag = file.get_absolute_url(), f'"{file.sha256}"'
    statuses = [
        client.get(url, headers={"Range": "bytes=5-", "If-Range": version}).status_code
        for version in (etag, '"other"', "Thu, 26 Nov 2026 10:00:00 GMT")
    ]
    assert statuses == [206, 200, 200]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    assert client_of(world.cy).get(url, headers={"If-None-Match": etag}).status_code == 404


def test_who_only_asks_about_it_gets_no_content_and_opens_nothing(world, client_of, put, monkeypatch):
    file = put()
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._open", None)
    response = client_of(world.bo).head(file.get_absolute_url(), headers={"Range": "bytes=0-3"})
    assert (response.status_code, response["Content-Length"], response.content) == (200, "1200", b"")
    assert (response["Accept-Ranges"], response["Content-Type"]) == ("bytes", "text/plain")


def test_a_file_that_is_still_coming_is_not_there(world, client_of, put):
    file = put()
    file.stored_at = None
    file.save(update_fields=["stored_at"])
    assert client_of(world.bo).get(file.get_absolute_url()).status_code == 404
