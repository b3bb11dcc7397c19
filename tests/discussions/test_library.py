"""Guides keep prompts, and ask them again."""

import re
import uuid

import pytest
from django.urls import reverse

from community.models import Membership
from discussions.actions import LibraryFull, NotTheirs, delete_post, keep_prompt, library, write_prompt
from discussions.models import LibraryPrompt
from tests.factories import a_community, a_member, a_post, a_prompt, a_thread, a_topic, commons_of

LIBRARY, NEW = "/c/heron/prompts/", "/c/heron/prompts/new/"


def part(client, name, url=LIBRARY):
    _, found, rest = client.get(url).content.decode().partition(f'aria-labelledby="{name}"')
    return re.findall(r'<b class="t"[^>]*>([^<]*)</b>', rest.partition("</section>")[0]) if found else []


def write(client, **words):
    return client.post(NEW, {"title": "On Monday", "body": "What changes?", "key": uuid.uuid4()} | words)


@pytest.fixture
def asked(world):
    return a_prompt(world.place, asker=world.fay, title="What worked?", body="*One* thing.", answer_first=True)


def test_what_was_asked_is_kept_and_asked_again_at_another_place(world, client_of, asked):
    client = client_of(world.alice)
    assert client.post(reverse("keep_prompt", args=["heron", asked.pk])).url == LIBRARY
    assert part(client, "part-0") == ["What worked?"]
    kept = LibraryPrompt.objects.get()
    page = client.get(f"{LIBRARY}?at={world.place.pk}").content.decode()
    again = reverse("new_prompt", args=["heron", world.place.pk]) + f"?from={kept.pk}"
    assert again in page
    form = client.get(again).context["form"]
    values = [form[name].value() for name in ("title", "body", "answer_first", "is_anonymous")]
    assert values == ["What worked?", "*One* thing.", True, False]
    assert "*One* thing.</textarea>" in client.get(again).content.decode()


def test_kept_again_it_has_the_words_of_now(world, asked):
    first = keep_prompt(by=world.fay, thread=asked)
    library.take_out_prompt(by=world.fay, prompt=first)
    asked.title = "What worked best?"
    asked.save(update_fields=["title"])
    assert keep_prompt(by=world.alice, thread=asked) == first
    kept = LibraryPrompt.objects.get()
    assert (kept.title, kept.removed_at, kept.kept_by) == ("What worked best?", None, world.fay)


def test_guides_find_what_they_keep_elsewhere_and_nothing_of_others(world, client_of, asked):
    keep_prompt(by=world.fay, thread=asked)
    circle = a_community(host=world.fay)
    url = f"/c/{circle.slug}/prompts/"
    assert part(client_of(world.fay), "part-1", url) == ["What worked?"]
    stranger = a_member(a_community(slug="finch"), role=Membership.Role.FACILITATOR)
    kept = LibraryPrompt.objects.get()
    assert "What worked?" not in client_of(stranger).get("/c/finch/prompts/").content.decode()
    new = reverse("new_prompt", args=["finch", commons_of(stranger.memberships.get().community).pk])
    assert "What worked?" not in client_of(stranger).get(f"{new}?from={kept.pk}").content.decode()
    Membership.objects.filter(user=world.fay, community=world.community).update(role=Membership.Role.MEMBER)
    assert "What worked?" not in client_of(world.fay).get(url).content.decode()


def test_there_is_something_to_begin_with(world, client_of):
    client = client_of(world.fay)
    assert "One thing you tried" in part(client, "starters")
    new = reverse("new_prompt", args=["heron", world.commons.pk])
    assert client.get(f"{new}?from=unclear").context["form"]["is_anonymous"].value() is True
    for nonsense in ("nothing", "0", "9" * 30, "-1", "%00"):
        assert client.get(f"{new}?from={nonsense}").context["form"]["title"].value() is None


def test_one_is_written_for_later_once_and_its_draft_is_done_with(world, client_of):
    client, key, slot = client_of(world.fay), uuid.uuid4(), f"library:{world.commons.pk}:"
    world.fay.drafts.create(slot=slot, body="What")
    assert NEW in client.get("/drafts/").content.decode()
    for _ in range(2):
        assert write(client, key=key, slot=slot, is_anonymous="on").url == LIBRARY
    kept = LibraryPrompt.objects.get()
    assert (kept.title, kept.is_anonymous, kept.answer_first) == ("On Monday", True, False)
    assert not world.fay.drafts.exists()


def test_a_refused_one_keeps_its_words(world, client_of, monkeypatch):
    client = client_of(world.fay)
    response = write(client, body="", title="A title to keep")
    assert (response.status_code, "A title to keep" in response.content.decode()) == (422, True)
    monkeypatch.setattr(library, "LIBRARY_MAX", 0)
    response = write(client, body="Words to keep")
    assert (response.status_code, "Words to keep" in response.content.decode()) == (409, True)
    assert "Take something out first" in response.content.decode()


def test_what_is_taken_out_can_be_put_back(world, client_of, asked):
    kept, client = keep_prompt(by=world.fay, thread=asked), client_of(world.alice)
    client.post(reverse("take_out_prompt", args=["heron", kept.pk]))
    assert (part(client, "part-0"), part(client, "part-2")) == ([], ["What worked?"])
    new = reverse("new_prompt", args=["heron", world.commons.pk])
    assert client.get(f"{new}?from={kept.pk}").context["form"]["title"].value() is None
    client.post(reverse("put_back_library_prompt", args=["heron", kept.pk]))
    assert part(client, "part-0") == ["What worked?"]


def test_only_what_guides_asked_in_words_of_its_own_is_kept(world, asked):
    keep_prompt(by=world.fay, thread=a_topic(world.commons, asker=world.fay))
    delete_post(by=world.fay, post=asked.posts.get())
    for thread in (a_thread(world.place, author=world.bo), world.place.threads.in_text().get(), asked):
        with pytest.raises(NotTheirs):
            keep_prompt(by=world.fay, thread=thread)
    assert LibraryPrompt.objects.count() == 1


@pytest.mark.parametrize("who", ["bo", "al", "cy"])
def test_members_keep_nothing_and_take_nothing_out(world, asked, who):
    person, kept = getattr(world, who), keep_prompt(by=world.fay, thread=asked)
    words = {"title": "A", "body": "B", "answer_first": False, "is_anonymous": False, "key": uuid.uuid4()}
    for act in (
        lambda: keep_prompt(by=person, thread=asked),
        lambda: write_prompt(by=person, community=world.community, **words),
        lambda: library.take_out_prompt(by=person, prompt=kept),
        lambda: library.put_back_prompt(by=person, prompt=kept),
    ):
        with pytest.raises(NotTheirs):
            act()


def test_a_library_is_bounded(world, asked, monkeypatch):
    keep_prompt(by=world.fay, thread=asked)
    monkeypatch.setattr(library, "LIBRARY_MAX", 1)
    with pytest.raises(LibraryFull):
        keep_prompt(by=world.fay, thread=a_prompt(world.place, asker=world.fay))
    keep_prompt(by=world.fay, thread=asked)  # it is there already
    assert a_post(asked, author=world.bo).thread == asked
