"""Pictures and files in wiki pages."""

import pytest

from community.actions import remove_member
from community.models import PlaceFile, PlaceImage
from tests.factories import a_file, a_wiki_page, an_image
from wiki.actions import edit_page, hide_text, rendered_version, show_text


@pytest.fixture
def put(world):
    return an_image(world.place, by=world.bo), a_file(world.place, by=world.bo)


def seen(client_of, uploads, person):
    return [client_of(person).get(upload.get_absolute_url()).status_code for upload in uploads]


def words(put):
    return "\n\n".join(upload.in_words("A nest") for upload in put)


def test_a_page_shows_them_to_who_may_see_it_in_each_version(world, client_of, put):
    page = a_wiki_page(world.place, author=world.bo, body=words(put))
    assert f'<img src="{put[0].get_absolute_url()}"' in page.html
    assert f'<a href="{put[1].get_absolute_url()}">A nest</a>' in page.html
    assert PlaceImage.objects.get().used_at
    assert PlaceFile.objects.get().used_at
    assert [seen(client_of, put, person) for person in (world.fay, world.cy)] == [[200, 200], [404, 404]]
    page = edit_page(author=world.fay, page=page, body="Nothing.", version=1)
    assert seen(client_of, put, world.al) == [200, 200]
    assert "<img" in rendered_version(page, page.revisions.get(number=1).source)
    page = edit_page(author=world.fay, page=page, body=words(put), version=2)  # restored by somebody else
    assert "<img" in page.html
    remove_member(world.community.memberships.current().get(user=world.al))
    assert seen(client_of, put, world.al) == [404, 404]


def test_nobody_shows_what_they_may_not_see(world, client_of, put):
    page = a_wiki_page(world.place, author=world.fay, body=words(put))
    assert "<img" not in page.html
    assert seen(client_of, put, world.fay) == [404, 404]


def test_what_only_hidden_words_show_is_gone_with_them(world, client_of, put):
    page = a_wiki_page(world.place, author=world.bo, body=words(put))
    edit_page(author=world.bo, page=page, body=f"Still {put[1].in_words()}", version=1)
    hide_text(by=world.alice, revision=page.revisions.get(number=1), reason="Private.")
    assert seen(client_of, put, world.fay) == [404, 200]
    show_text(by=world.alice, revision=page.revisions.get(number=1))
    assert seen(client_of, put, world.fay) == [200, 200]


def test_the_editor_takes_them(world, client_of):
    page = a_wiki_page(world.place, author=world.fay)
    html = client_of(world.bo).get(f"{page.get_absolute_url()}edit/").content.decode()
    assert f'files="/c/heron/p/{world.place.pk}/files/"' in html
    assert f'<noscript><a class="quiet" href="/c/heron/p/{world.place.pk}/files/"' in html
