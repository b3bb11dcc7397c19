"""What helps with writing: the preview, people and pages by name."""

from django.test import Client
from django.urls import reverse

from community.models import Place
from discussions.models import Post
from tests.factories import a_member, a_post, a_resource, a_thread, a_wiki_page, commons_of

EVERYTHING = """\
**Bold**, *italic* and `code` of @fay and @cy 🙂‍↕️ 👩🏽‍🚀 ⌚︎

> quoted[^1]

- one

[^1]: Where from.
"""


def found(client, name, args, q):
    return client.get(reverse(name, args=args), {"q": q}).json()["found"]


def people(world, client, q):
    return [one["text"] for one in found(client, "mentionable", [world.community.slug, world.place.pk], q)]


def test_the_preview_shows_what_the_post_will_show(world, client_of):
    url = reverse("preview_post", args=[world.community.slug, world.place.pk])
    shown = client_of(world.bo).post(url, {"body": EVERYTHING}).content.decode().strip()
    assert not Post.objects.exists()
    post = a_post(a_thread(world.place, author=world.alice), author=world.bo, body=EVERYTHING)
    assert shown.replace("preview-", f"p{post.key.hex[:8]}-") == post.html.strip()
    assert world.fay.get_absolute_url() in shown
    assert "🙂‍↕️ 👩🏽‍🚀 ⌚︎" in shown


def test_the_preview_says_what_is_wrong(world, client_of):
    url = reverse("preview_post", args=[world.community.slug, world.place.pk])
    response = client_of(world.bo).post(url, {"body": "x" * 10_001})
    assert response.status_code == 422
    assert "That is 10001 characters; 10000 fit." in response.content.decode()


def test_hostile_words_are_words_in_the_preview(world, client_of):
    url = reverse("preview_post", args=[world.community.slug, world.place.pk])
    page = client_of(world.bo).post(url, {"body": "<script>x</script> [a](javascript:x)"}).content.decode()
    assert "<script" not in page
    assert "href" not in page


def test_people_are_found_by_handle_and_by_each_of_their_names(world, client_of):
    client = client_of(world.bo)
    assert people(world, client, "fa") == ["Fay Okafor"]
    assert people(world, client, "OKA") == ["Fay Okafor"]
    assert people(world, client, "al") == ["Al Reyes", "Alice Moreau"]
    assert people(world, client, "%") == people(world, client, "") == people(world, client, "\0") == []


def test_only_people_who_can_see_the_place_are_suggested(world, client_of):
    client = client_of(world.bo)
    assert people(world, client, "cy") == people(world, client, "ed") == []
    a_member(world.community, "Dee Gone", handle="dee", is_active=False)
    assert people(world, client, "dee") == []


def test_at_most_eight_people_are_suggested_in_one_query(world, client_of, django_assert_num_queries):
    for n in range(12):
        a_member(world.community, f"Zoe {n:02}", handle=f"zoe{n}")
    place = world.place
    with django_assert_num_queries(1):
        assert len(place.readers_named("zo", 8, asked_by=world.bo)) == 8
    assert len(people(world, client_of(world.bo), "zo")) == 8


def test_units_wiki_pages_and_shared_links_are_linked_by_name(world, client_of):
    a_resource(world.place, sharer=world.fay, title="On lurking", url="https://example.org/a_(b)")
    a_resource(commons_of(world.other), sharer=world.cy, title="Lurking there")
    a_wiki_page(world.place, author=world.fay, title="Lurking [well]")
    a_wiki_page(commons_of(world.other), author=world.cy, title="Lurking elsewhere")
    links = found(client_of(world.bo), "linkable", [world.community.slug], "lurk")
    assert [(link["text"], link["hint"]) for link in links] == [
        ("Lurkers are learning too", "Unit"),
        ("Lurking [well]", "Wiki page"),
        ("On lurking", "example.org"),
    ]
    post = a_post(a_thread(world.place), author=world.bo, body=" and ".join(link["insert"] for link in links))
    assert f'<a href="{world.place.path}">Lurkers are learning too</a>' in post.html
    assert ">Lurking [well]</a>" in post.html
    assert '<a href="https://example.org/a_%28b%29" ' in post.html


def test_a_unit_that_is_not_open_yet_is_not_linked(world, client_of):
    Place.objects.filter(pk=world.place.pk).update(opens_at="2999-01-01T00:00Z")
    assert found(client_of(world.bo), "linkable", [world.community.slug], "lurk") == []
    assert len(found(client_of(world.fay), "linkable", [world.community.slug], "lurk")) == 1


def test_a_refused_token_says_so_and_a_fresh_one_is_taken(world, client_of):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.bo)
    url = reverse("preview_post", args=[world.community.slug, world.place.pk])
    assert client.post(url, {"body": "x"})["X-Refused"] == "csrf"
    token = client.get("/token/")
    assert token["Cache-Control"] == "no-store"
    assert client.post(url, {"body": "x"}, headers={"X-CSRFToken": token.content.decode()}).status_code == 200
