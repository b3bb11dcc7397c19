"""Pictures in posts: what comes in, what a text shows, and who sees it."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from community.actions import keep_draft, remove_member
from community.models import PlaceFile, PlaceImage
from courses.actions.rerendering import refresh_post
from discussions.actions import delete_post, delete_unused_uploads, edit_post, restore_post
from discussions.models import Post
from markup import Profile, render
from tests.accounts.test_picture import a_bomb
from tests.factories import a_file, a_post, a_thread, an_image, an_upload, commons_of

JSON = {"Accept": "application/json"}
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def shows(image, alt="A nest"):
    return f"Look:\n\n![{alt}]({image.get_absolute_url()})"


@pytest.fixture
def files(settings):
    return lambda: sorted(path.name for path in Path(settings.MEDIA_ROOT).glob("places/**/*.webp"))


@pytest.fixture
def stored(settings):
    root = Path(settings.MEDIA_ROOT)
    return lambda: sorted(str(path.relative_to(root)) for path in root.glob("places/**/*") if path.is_file())


@pytest.fixture
def put(world, client_of):
    """Send a picture to the unit's place as Bo's page does."""
    url = reverse("add_file", args=[world.community.slug, world.place.pk])

    def send(upload, *, key=None, headers=JSON, **more):
        return client_of(world.bo).post(url, {"file": upload, "key": key or uuid.uuid4()} | more, headers=headers)

    return send


def test_a_picture_is_kept_and_its_words_are_told(put, world):
    response = put(an_upload(size=(40, 30)))
    image = PlaceImage.objects.get()
    assert response.json() == {"markdown": f"![what it shows]({image.get_absolute_url()})", "errors": []}
    assert image.get_absolute_url() == f"/c/heron/images/{image.pk}/"
    assert (image.place, image.uploaded_by, image.width, image.height) == (world.place, world.bo, 40, 30)
    assert image.size_bytes == image.file.size


def test_where_and_when_it_was_taken_is_left_out_and_it_stands_upright(put):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera"  # turned; the maker
    exif.get_ifd(0x8825)[1] = "N"
    put(an_upload("me.jpg", "JPEG", (40, 30), exif=exif))
    image = PlaceImage.objects.get()
    kept = Image.open(image.file.open())
    assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (30, 40), {})
    assert (image.width, image.height) == (30, 40)
    assert b"A camera" not in image.file.open().read()


def test_a_large_picture_is_made_smaller(put):
    put(an_upload("big.jpg", "JPEG", (4000, 3000)))
    image = PlaceImage.objects.get()
    assert (image.width, image.height) == (1600, 1200)


@pytest.mark.parametrize("data", [b"", b"GIF89a", a_bomb(), b"MZ" + bytes(300)], ids=["nothing", "gif", "bomb", "exe"])
def test_what_is_not_taken_is_refused_kindly(put, files, data):
    response = put(SimpleUploadedFile("photo.png", data, "image/png"))
    assert response.status_code == 422
    assert response.json()["errors"]
    assert (PlaceImage.objects.count(), PlaceFile.objects.count(), files()) == (0, 0, [])


@pytest.mark.parametrize(("data", "name"), [(HTML, "page.png"), (SVG, "drawing.svg"), (b"%PDF-1.4\n", "[a]_b_.pdf")])
def test_what_is_no_picture_becomes_a_link(put, data, name):
    said = put(SimpleUploadedFile(name, data, "image/png")).json()["markdown"]
    file = PlaceFile.objects.get()
    assert not said.startswith("!")
    assert said.endswith(f"]({file.get_absolute_url()})")
    html = render(said, Profile.POST).html
    assert f">{name}</a>" in html
    assert "<img" not in html


def test_too_many_bytes_are_refused(put, settings):
    settings.FILE_BYTES_MAX = 1000
    for data in (b"\x89PNG\r\n\x1a\n" + b"0" * 1000, b"%PDF-" + b"0" * 1000):
        response = put(SimpleUploadedFile("x.png", data))
        assert (response.status_code, PlaceImage.objects.count() + PlaceFile.objects.count()) == (422, 0)
        assert "too large" in response.json()["errors"][0]


def test_pictures_count_against_the_quota(put, settings):
    put(an_upload())
    settings.FILE_QUOTA_BYTES = PlaceImage.objects.get().size_bytes + 1
    assert put(an_upload()).status_code == 422
    assert put(SimpleUploadedFile("a.pdf", b"%PDF-1.4\n")).status_code == 422
    assert PlaceImage.objects.count() == 1


def test_the_same_picture_sent_twice_is_kept_once(put, files):
    key = uuid.uuid4()
    first, second = put(an_upload(), key=key), put(an_upload(), key=key)
    assert first.json() == second.json()
    assert len(files()) == 1


def test_many_pictures_at_once_have_to_wait(put):
    for _ in range(10):
        assert put(an_upload()).status_code == 200
    response = put(an_upload())
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_without_javascript_a_page_takes_it_and_says_what_to_write(put, world, client_of):
    url = reverse("add_file", args=[world.community.slug, world.place.pk])
    assert "multipart/form-data" in client_of(world.bo).get(url).content.decode()
    page = put(an_upload(), headers={}, words="A [nest]").content.decode()
    assert f"![A \\[nest\\]]({PlaceImage.objects.get().get_absolute_url()})" in page
    refused = put(SimpleUploadedFile("x.png", b"MZ" + bytes(300)), headers={})
    assert refused.status_code == 422
    assert "of that kind" in refused.content.decode()
    assert url in client_of(world.bo).get(world.place.path).content.decode()


def test_a_post_shows_it_with_its_size(world):
    image = an_image(world.place, by=world.bo)
    post = a_thread(world.place, author=world.bo, body=shows(image)).posts.get()
    assert (
        f'<img src="{image.get_absolute_url()}" alt="A nest" loading="lazy" decoding="async" width="40" height="30">'
        in post.html
    )
    assert list(post.images.all()) == [image]
    assert PlaceImage.objects.get().used_at


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/x.png",
        "/drafts/",
        "/accounts/logout/",
        "//x/c/heron/images/1/",
        "/c/heron/images/1/?x=1",
    ],
)
def test_no_other_address_is_loaded_as_a_picture(world, address):
    image = an_image(world.place, by=world.bo)
    post = a_thread(world.place, author=world.bo, body=f"![x]({address.replace('1', str(image.pk))})").posts.get()
    assert "<img" not in post.html


def test_nobody_shows_what_they_may_not_see_themselves(world):
    unposted = an_image(world.place, by=world.fay)
    elsewhere = an_image(commons_of(world.other), by=world.cy)
    for image in (unposted, elsewhere):
        post = a_thread(world.place, author=world.bo, body=shows(image)).posts.get()
        assert "<img" not in post.html
        assert not post.images.exists()
    mine = a_thread(world.place, author=world.fay, body=shows(unposted)).posts.get()
    again = a_post(mine.thread, author=world.bo, body=shows(unposted))
    assert "<img" in again.html


def test_a_preview_shows_it_and_nothing_is_noted(world, client_of):
    image = an_image(world.place, by=world.bo)
    url = reverse("preview_post", args=[world.community.slug, world.place.pk])
    assert "<img" in client_of(world.bo).post(url, {"body": shows(image)}).content.decode()
    assert "<img" not in client_of(world.fay).post(url, {"body": shows(image)}).content.decode()
    assert PlaceImage.objects.get().used_at is None


def seen(client_of, image, people):
    return [client_of(person).get(image.get_absolute_url()).status_code for person in people]


def test_it_is_seen_by_who_may_see_what_shows_it_at_this_moment(world, client_of):
    image = an_image(world.place, by=world.bo)
    everybody = [world.bo, world.fay, world.al, world.cy, world.ed]
    assert seen(client_of, image, everybody) == [200, 404, 404, 404, 404]
    post = a_thread(world.place, author=world.bo, body=shows(image)).posts.get()
    assert seen(client_of, image, everybody) == [200, 200, 200, 404, 404]
    delete_post(by=world.fay, post=post)
    assert seen(client_of, image, everybody) == [200, 404, 404, 404, 404]
    restore_post(by=world.fay, post=post)
    remove_member(world.community.memberships.current().get(user=world.bo))
    assert seen(client_of, image, everybody) == [404, 200, 200, 404, 404]


def test_an_edit_that_takes_it_out_takes_it_away(world, client_of):
    image = an_image(world.place, by=world.bo)
    post = a_thread(world.place, author=world.bo, body=shows(image)).posts.get()
    post = edit_post(author=world.bo, post=post, body="Nothing to see.", version=1)
    assert seen(client_of, image, [world.bo, world.fay]) == [200, 404]
    assert "<img" in edit_post(author=world.bo, post=post, body=shows(image), version=2).html
    assert seen(client_of, image, [world.fay]) == [200]


def test_a_moved_conversation_takes_its_pictures_along(world, client_of):
    image = an_image(world.place, by=world.bo)
    thread = a_thread(world.place, author=world.bo, body=shows(image))
    thread.place = commons_of(world.other)
    thread.save(update_fields=["place"])
    assert seen(client_of, image, [world.bo, world.fay, world.cy]) == [200, 404, 200]
    refresh_post(Post.objects.select_related("thread__place").get())
    assert "<img" in Post.objects.get().html


def test_it_is_served_as_a_picture_and_nothing_else(world, client_of):
    image = an_image(world.place, by=world.bo)
    client = client_of(world.bo)
    response = client.get(image.get_absolute_url())
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = client.get(image.get_absolute_url(), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client_of(world.cy).get(image.get_absolute_url(), headers={"If-None-Match": response["ETag"]})
    assert other.status_code == 404
    assert client.get(f"/c/{world.other.slug}/images/{image.pk}/").status_code == 404


def test_what_no_words_ever_showed_is_gone_after_a_day(world, stored, django_capture_on_commit_callbacks):
    made = [an_image(world.place, by=world.bo) for _ in range(3)]
    made += [a_file(world.place, by=world.bo, upload=an_upload()) for _ in range(3)]
    (_image, shown, drafted), (_file, linked, drafted_file) = made[:3], made[3:]
    a_thread(world.place, author=world.bo, body=f"{shown.in_words()}\n\n{linked.in_words()}")
    words = f"{drafted.in_words()} {drafted_file.in_words()}"
    keep_draft(person=world.bo, slot=f"thread:{world.place.pk}:", title="", body=words)
    for kind in (PlaceImage, PlaceFile):
        kind.objects.update(created_at=timezone.now() - timedelta(hours=23))
    young = a_file(world.place, by=world.bo)
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_unused_uploads() == 2
        assert delete_unused_uploads() == 0
    assert set(PlaceImage.objects.all()) == {shown, drafted}
    assert set(PlaceFile.objects.all()) == {linked, drafted_file, young}
    kept = [shown.file, drafted.file, young.file]
    kept += [content for file in (linked, drafted_file) for content in (file.file, file.preview)]
    assert stored() == sorted(content.name for content in kept)


def test_what_never_came_to_an_end_is_gone_after_a_day(world, stored, django_capture_on_commit_callbacks):
    file = a_file(world.place, by=world.bo)
    file.stored_at, file.created_at = None, timezone.now() - timedelta(hours=23)
    file.save(update_fields=["stored_at", "created_at"])
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_unused_uploads() == 1
    assert (PlaceFile.objects.count(), stored()) == (0, [])


@pytest.mark.once
def test_whatever_shows_uploads_says_to_whom():
    for kind in (PlaceImage, PlaceFile):
        for relation in kind._meta.related_objects:
            assert hasattr(relation.related_model.objects.all(), "shown_to"), relation.related_model
