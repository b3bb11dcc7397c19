"""From a post to the shelf: the form comes up with its link, and nothing is shared before it is sent."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from discussions.actions import delete_post
from resources.models import Resource
from tests.factories import a_post, a_resource, a_thread, a_wiki_page

ONE = "Read https://example.org/herons?a=1&b=2."
TWO = "Read https://example.org/herons, then [this](https://example.org/boats), then https://example.org/herons again."


def path_to(thread, post=None):
    post = post or thread.posts.get()
    return reverse("shelve_post", args=[thread.place.community.slug, thread.pk, post.pk])


def test_a_posts_one_link_is_in_the_form_already(world, client_of):
    thread, client = a_thread(world.place, author=world.fay, body=ONE), client_of(world.bo)
    menu = reverse("post_menu", args=[thread.place.community.slug, thread.pk, thread.posts.get().pk])
    assert menu in client.get(world.place.path).content.decode()
    assert path_to(thread) in client.get(menu).content.decode()
    answer = client.get(path_to(thread), follow=True)
    form = BeautifulSoup(answer.content, "html.parser").select_one("#share form")
    assert form.select_one("[name=what]").text.strip() == "https://example.org/herons?a=1&b=2"
    assert form["action"] == reverse("shelf", args=["heron", world.place.pk])
    assert not Resource.objects.exists()


def test_of_several_links_one_chooses(world, client_of):
    thread = a_thread(world.place, author=world.fay, body=TWO)
    page = BeautifulSoup(client_of(world.bo).get(path_to(thread)).content, "html.parser")
    assert [row.text for row in page.select(".rows .t")] == ["https://example.org/herons", "https://example.org/boats"]
    assert "what=https%3A%2F%2Fexample.org%2Fboats" in page.select(".rows a")[1]["href"]


def test_from_the_talk_about_a_page_or_a_resource_it_goes_where_that_hangs(world, client_of):
    shelf = reverse("shelf", args=["heron", world.place.pk])
    for talk in (a_wiki_page(world.place, author=world.bo).talk, a_resource(world.place, sharer=world.bo).talk):
        thread = a_thread(talk, author=world.fay, body=ONE)
        assert client_of(world.bo).get(path_to(thread)).url.startswith(f"{shelf}?what=")


@pytest.mark.parametrize("body", ["No link.", "[mail](mailto:a@example.org)", "Of @fay."])
def test_a_post_without_a_web_address_has_no_such_page(world, client_of, body):
    thread, client = a_thread(world.place, author=world.fay, body=body), client_of(world.bo)
    assert client.get(path_to(thread)).status_code == 404
    assert path_to(thread) not in client.get(world.place.path).content.decode()


def test_nothing_of_a_removed_post_is_told(world, client_of):
    thread = a_thread(world.place, author=world.fay)
    post = a_post(thread, author=world.fay, body=ONE)
    delete_post(by=world.fay, post=post)
    assert client_of(world.bo).get(path_to(thread, post)).status_code == 404
