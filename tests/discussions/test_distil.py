"""What a conversation came to: written together on top of it, read before the posts."""

import re

import pytest
from django.urls import reverse

from community.models import EditConflict
from discussions.actions import NotTheirs, delete_post, distil, move_thread, read_posts
from discussions.models import Summary, Thread
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_post, a_prompt, a_summary, a_thread, a_thread_on


@pytest.fixture
def thread(world):
    """Al's conversation at a paragraph, which Bo and Fay have answered; Alice only reads."""
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al, title="Who counts?")
    for author in (world.bo, world.fay):
        a_post(thread, author=author, body=f"{author.name} says so.")
    return thread


def address(thread, name="distil"):
    return reverse(name, args=[thread.place.community.slug, thread.pk])


def save(client, thread, body="It depends.", version=0, **more):
    return client.post(address(thread), {"body": body, "version": version, "note": "", **more})


def cite(post):
    return f"[{post.author.name}]({reverse('post', args=[post.thread.place.community.slug, post.thread_id, post.pk])})"


def pages(client, thread):
    return [client.get(url).content.decode() for url in (thread.place.path, thread.get_absolute_url())]


def fold(page, thread):
    """The opening tag and the words of the fold of a conversation's posts."""
    found = re.search(rf'<details class="fold fold-posts" id="fold-{thread.pk}"( open)?>(.*?)</summary>', page, re.S)
    return bool(found[1]), " ".join(re.sub("<[^>]+>", " ", found[2]).split())


def test_a_facilitator_distils_and_everybody_reads_it_first(world, client_of, thread):
    first = thread.posts.in_order().first()
    response = save(client_of(world.fay), thread, f"*Counting* misses readers ({cite(first)}).")
    assert response.url == f"{thread.get_absolute_url()}#summary-{thread.pk}"
    for page in pages(client_of(world.alice), thread):
        summary = page.index("<em>Counting</em> misses readers")
        assert summary < page.index("Bo Lindqvist says so.")
        assert f'href="/c/heron/t/{thread.pk}/posts/{first.pk}/"' in page
        assert re.search(r'Distilled by <a href="/people/fay/"><bdi>Fay Okafor</bdi></a></span>', page)
        assert page.count("in the summary</a>") == 1
    assert Summary.objects.get().cited == [first.pk]


def test_who_may_not_sees_no_control_and_is_refused(world, client_of, thread):
    for person, may in ((world.fay, True), (world.alice, True), (world.bo, False), (world.al, False)):
        client = client_of(person)
        assert [address(thread) in page for page in pages(client, thread)] == [may, may]
        assert client.get(address(thread)).status_code == (200 if may else 403)
    assert save(client_of(world.bo), thread).status_code == 403
    with pytest.raises(NotTheirs):
        distil(by=world.bo, thread=thread, body="Mine.", version=0)
    assert not Summary.objects.exists()


def test_a_host_lets_every_member_distil(world, client_of, thread):
    url = reverse("community_settings", args=["heron"])
    assert client_of(world.fay).get(url).status_code == 403
    assert url not in client_of(world.fay).get("/c/heron/").content.decode()
    alice = client_of(world.alice)
    assert url in alice.get("/c/heron/").content.decode()
    assert alice.post(url, {"title": "Heron", "openness": "invisible", "members_may_distil": "on"}).url == "/c/heron/"
    assert address(thread) in pages(client_of(world.bo), thread)[0]
    assert save(client_of(world.bo), thread).status_code == 302
    alice.post(url, {"title": "Heron", "openness": "invisible"})
    assert save(client_of(world.bo), thread, "Again.", 1).status_code == 403


def test_a_short_conversation_is_not_offered_for_distilling(world, client_of):
    thread = a_thread(world.place, author=world.bo)
    a_post(thread, author=world.al)
    assert address(thread) not in pages(client_of(world.fay), thread)[0]


def test_who_has_not_read_finds_the_posts_folded_with_their_number(world, client_of, thread):
    a_summary(thread, by=world.fay)
    for page in pages(client_of(world.alice), thread):
        assert fold(page, thread) == (False, "3 posts 3 new")
    for person in (world.bo, world.fay):  # who wrote in it has read it
        assert [fold(page, thread)[0] for page in pages(client_of(person), thread)] == [True, True]


def test_who_has_read_finds_new_posts_open_below_the_summary(world, client_of, thread):
    a_summary(thread, by=world.fay)
    first = thread.posts.in_order().first()
    read_posts(world.alice, place=thread.place, seen=[first.pk])
    for page in pages(client_of(world.alice), thread):
        assert fold(page, thread) == (True, "3 posts 2 new")


def test_a_link_to_a_post_opens_the_fold(world, client_of, thread):
    a_summary(thread, by=world.fay)
    alice, post = client_of(world.alice), thread.posts.in_order().first()
    for path in (thread.place.path, thread.get_absolute_url()):
        for name in ("post", "answer"):
            assert fold(alice.get(f"{path}?{name}={post.pk}").content.decode(), thread)[0]
        assert not fold(alice.get(path).content.decode(), thread)[0]


def test_who_writes_on_is_credited_and_every_version_is_kept(world, client_of, thread):
    save(client_of(world.fay), thread)
    assert save(client_of(world.alice), thread, "It depends, often.", 1, note="Fairer").status_code == 302
    save(client_of(world.fay), thread, "It depends on much.", 2)
    summary = Summary.objects.get()
    assert (summary.version, summary.author_count, summary.last_edited_by) == (3, 2, world.fay)
    kept = list(summary.revisions.order_by("number").values_list("number", "source", "note", "author"))
    assert kept == [
        (1, "It depends.", "", world.fay.pk),
        (2, "It depends, often.", "Fairer", world.alice.pk),
        (3, "It depends on much.", "", world.fay.pk),
    ]
    text = re.sub("<[^>]+>", "", pages(client_of(world.bo), thread)[1])
    assert "Distilled by Fay Okafor, with Alice Moreau" in text


def test_the_same_words_again_make_one_version(world, client_of, thread):
    fay = client_of(world.fay)
    assert [save(fay, thread).status_code, save(fay, thread).status_code] == [302, 302]
    assert Summary.objects.get().revisions.count() == 1
    assert Event.objects.filter(verb="distilled").count() == 1


@pytest.mark.parametrize("version", [0, 2])
def test_a_save_on_another_version_shows_both_texts_and_overwrites_nothing(world, client_of, thread, version):
    a_summary(thread, by=world.alice, body="Words of <Alice>.")
    response = save(client_of(world.fay), thread, "Words of <Fay>.", version, note="Mine")
    page = response.content.decode()
    assert response.status_code == 409
    for words in ("Words of &lt;Alice&gt;.", "Words of &lt;Fay&gt;.", "Saved by Alice Moreau", 'value="Mine"'):
        assert words in page
    with pytest.raises(EditConflict):
        distil(by=world.fay, thread=thread, body="Words of <Fay>.", version=version)
    assert Summary.objects.get().source == "Words of <Alice>."
    again = {name: response.context["form"][name].value() for name in ("body", "version", "note")}
    assert client_of(world.fay).post(address(thread), again).status_code == 302
    assert Summary.objects.get().source == "Words of <Fay>."


@pytest.mark.parametrize("body", ["", " \n ", "w" * 10_001])
def test_a_refused_summary_keeps_what_was_typed(world, client_of, thread, body):
    response = save(client_of(world.fay), thread, body, note="Kept")
    assert response.status_code == 422
    assert response.context["form"]["body"].value() == body
    assert 'value="Kept"' in response.content.decode()


def test_removed_posts_and_posts_of_others_show_nothing_of_their_words(world, client_of, thread):
    gone = a_post(thread, author=world.bo, body="Words to be forgotten.")
    other = a_thread(world.commons, author=world.bo).posts.get()
    a_summary(thread, by=world.fay, body=f"See {cite(gone)} and {cite(other)}.")
    delete_post(by=world.bo, post=gone)
    assert Summary.objects.get().cited == [gone.pk]
    for page in [*pages(client_of(world.fay), thread), client_of(world.fay).get(address(thread)).content.decode()]:
        assert "Words to be forgotten." not in page
        assert "in the summary</a>" not in page


def test_a_summary_waits_behind_the_wish_to_answer_first(world, client_of):
    prompt = a_prompt(world.place, asker=world.fay, title="Why?", answer_first=True)
    a_post(prompt, author=world.al, body="Because.")
    a_summary(prompt, by=world.fay, body="It was because.")
    bo = client_of(world.bo)
    assert not any("It was because." in page for page in pages(bo, prompt))
    assert "It was because." in bo.get(f"{prompt.get_absolute_url()}?read={prompt.pk}").content.decode()
    a_post(prompt, author=world.bo, body="Mine.")
    assert all("It was because." in page for page in pages(bo, prompt))


def test_who_takes_part_hears_of_the_first_version_only(world, thread):
    summary = a_summary(thread, by=world.fay)
    distil(by=world.alice, thread=thread, body="Other words.", version=summary.version)
    for event in Event.objects.filter(verb="distilled"):
        fan_out(event.pk)
    told = Notification.objects.filter(event__verb="distilled").values_list("person__handle", "reason")
    assert sorted(told) == [("al", "yours"), ("bo", "taking_part")]


def test_open_pages_hear_that_a_summary_was_written(world, client_of, thread):
    bo, seq = client_of(world.bo), Event.objects.newest()
    url = reverse("changes", args=["heron", world.place.pk])
    a_summary(thread, by=world.fay)
    assert list(bo.get(f"{url}?after={seq}&threads={thread.pk}").json()["threads"]) == [str(thread.pk)]
    pieces = reverse("pieces", args=["heron", world.place.pk])
    piece = bo.get(f"{pieces}?threads={thread.pk}", headers={"HX-Request": "true"}).content.decode()
    assert f'id="distilled-{thread.pk}" data-state="1"' in piece
    assert f'id="summary-{thread.pk}"' in piece


def test_a_summary_goes_where_its_conversation_goes(world, client_of, thread):
    post = thread.posts.in_order().first()
    a_summary(thread, by=world.fay, body=f"Moved with it, {cite(post)}.")
    move_thread(by=world.fay, thread=thread, place=world.commons)
    page = client_of(world.bo).get(world.commons.path).content.decode()
    assert "Moved with it" in page
    assert not Event.objects.filter(verb="distilled").filter(place=world.place).exists()


def test_lists_say_which_conversations_are_distilled(world, client_of, thread):
    url = reverse("threads", args=["heron", world.place.pk])
    assert "distilled" not in client_of(world.bo).get(url).content.decode()
    a_summary(thread, by=world.fay)
    for path in (url, world.place.path, "/c/heron/"):
        assert ">distilled</span>" in client_of(world.bo).get(path).content.decode()


def test_a_prompt_in_the_text_has_its_summary_above_the_answers(world, client_of):
    prompt = Thread.objects.get(place=world.place, is_in_text=True)
    a_post(prompt, author=world.bo, body="A choir.")
    a_summary(prompt, by=world.fay, body="Mostly choirs.")
    page = client_of(world.al).get(world.place.path).content.decode()
    assert page.index("Mostly choirs.") < page.index("A choir.")


def test_posts_can_be_cited_while_one_writes(world, client_of, thread):
    gone = a_post(thread, author=world.bo, body="Gone by then.")
    delete_post(by=world.bo, post=gone)
    page = client_of(world.fay).get(address(thread)).content.decode()
    first = thread.posts.in_order().first()
    assert f'value="[Al Reyes](/c/heron/t/{thread.pk}/posts/{first.pk}/)"' in page
    assert f"/posts/{gone.pk}/)" not in page
    assert client_of(world.bo).get(first.permanent_url).url == first.get_absolute_url()


def test_a_citation_names_nobody_who_answered_without_a_name(world, client_of):
    prompt = a_prompt(world.place, asker=world.fay, is_anonymous=True)
    post = a_post(prompt, author=world.bo, body="I was lost.")
    page = client_of(world.fay).get(address(prompt)).content.decode()
    assert f'value="[Somebody 1](/c/heron/t/{prompt.pk}/posts/{post.pk}/)"' in page
    assert "[Bo" not in page


def test_a_draft_is_kept_on_its_version_and_goes_with_the_save(world, client_of, thread):
    fay = client_of(world.fay)
    slot = f"summary:{thread.pk}:0"
    assert f'<draft-keeper name="{slot}" person="{world.fay.pk}" over>' in fay.get(address(thread)).content.decode()
    assert fay.post("/drafts/save/", {"slot": slot, "body": "Half a thought"}).status_code == 200
    assert client_of(world.cy).post("/drafts/save/", {"slot": slot, "body": "x"}).status_code == 404
    assert f'href="{address(thread)}?version=0"' in fay.get("/drafts/").content.decode()
    save(fay, thread, "A whole one.", slot=slot)
    assert not world.fay.drafts.exists()


def test_a_draft_on_an_earlier_version_is_found_and_overwrites_nothing(world, client_of, thread):
    fay = client_of(world.fay)
    summary = a_summary(thread, by=world.fay, body="First.")
    fay.post("/drafts/save/", {"slot": f"summary:{thread.pk}:1", "body": "First, and mine."})
    distil(by=world.alice, thread=thread, body="Second.", version=summary.version)
    page = fay.get(address(thread)).content.decode()
    assert "You have a draft that goes on from an earlier version." in page
    old = fay.get(f"{address(thread)}?version=1")
    assert [old.context["form"][name].value() for name in ("body", "version")] == ["First.", 1]
    assert save(fay, thread, "First, and mine.", 1).status_code == 409
