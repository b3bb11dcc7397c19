"""Questions that wait for an answer: for those who look after the others, and on everybody's own lists on Today."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from discussions.actions import accept_post, delete_post, restore_post
from discussions.models import Thread
from tests.courses.test_unit_page import queries_of
from tests.factories import a_community, a_post, a_thread, a_thread_on, commons_of

MINE, COULD_HELP, OPEN = "my-questions", "questions", "open-questions"
COMMUNITY = "/c/heron/"


@pytest.fixture
def asked(world):
    """Bo's question on a paragraph with a reply, the oldest; two of Al's without, on the unit and on the commons."""
    first = a_thread_on(
        world.unit, "Counting posts", community=world.community, author=world.bo, kind="question", title="Who knows?"
    )
    a_post(first, author=world.al)
    second = a_thread(world.place, author=world.al, kind="question", title="Anybody?")
    third = a_thread(world.commons, author=world.al, kind="question", title="Where to?")
    for days, thread in ((9, first), (5, second), (2, third)):
        Thread.objects.filter(pk=thread.pk).update(created_at=timezone.now() - timedelta(days=days))
    return first, second, third


def section(client, url, name):
    """The HTML of one section of a page; "" where it is not there."""
    html = client.get(url).content.decode()
    _, found, rest = html.partition(f'aria-labelledby="{name}"')
    return rest.partition("</section>")[0] if found else ""


def titles(html):
    return [title for title in re.findall(r'<a class="(?:t|asked-title)"[^>]*>([^<]*)</a>', html) if title]


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_guides_see_what_waits_without_a_reply_and_what_is_not_accepted_apart(world, client_of, asked):
    for url in (COMMUNITY, "/"):
        html = section(client_of(world.fay), url, OPEN)
        assert titles(html) == ["Anybody?", "Where to?", "Who knows?"]
        assert re.search("2 with no reply yet.*Anybody.*1 with no accepted answer yet.*Who knows", words(html))
        assert "on “Counting posts makes those readers" in html
        assert f"{world.place.title} " in words(html)
        for person in (world.bo, world.al, world.cy):
            assert client_of(person).get(url).status_code == 404 or not section(client_of(person), url, OPEN)


def test_from_there_one_comes_to_the_place_with_the_talk_open(world, client_of, asked):
    client = client_of(world.fay)
    for thread, place in ((asked[0], world.place), (asked[2], world.commons)):
        post = thread.posts.in_order()[0]
        url = f"{place.path}?post={post.pk}#post-{post.pk}"
        assert f'href="{url}"' in section(client, COMMUNITY, OPEN)
        assert f'id="post-{post.pk}"' in client.get(url).content.decode()
    html = client.get(f"{world.place.path}?post={asked[0].posts.in_order()[0].pk}").content.decode()
    assert f'<details class="talk" id="talk-{asked[0].block_id}" name="talk" open>' in html


def test_a_question_is_open_until_an_answer_is_accepted_and_everywhere_so(world, client_of, asked):
    fay, bo, al = (client_of(person) for person in (world.fay, world.bo, world.al))
    first = asked[0]
    unit_list = f"{reverse('threads', args=['heron', world.place.pk])}?show=open"
    everywhere = [(fay, COMMUNITY), (fay, "/"), (fay, reverse("questions", args=["heron"])), (bo, unit_list)]

    def seen():
        pages = [client.get(url).content.decode().partition("<main")[2] for client, url in everywhere]
        talk = r'aria-labelledby="(latest|elsewhere)".*?</section>'
        return [first.title in re.sub(talk, "", page, flags=re.DOTALL) for page in pages]

    assert seen() == [True] * 4
    assert "1 answer" in section(bo, "/", MINE)
    accept_post(by=world.bo, post=first.posts.in_order()[1])
    assert seen() == [False] * 4
    assert not section(bo, "/", MINE)
    assert titles(section(al, "/", MINE)) == ["Where to?", "Anybody?"]


def test_a_question_that_was_closed_or_taken_back_waits_no_longer(world, client_of, asked):
    Thread.objects.filter(pk=asked[0].pk).update(closed_at=timezone.now())
    opening = delete_post(by=world.al, post=asked[1].posts.get())
    assert [Thread.objects.get(pk=thread.pk).is_open_question for thread in asked] == [False, False, True]
    assert list(Thread.objects.open_questions()) == [asked[2]]
    restore_post(by=world.al, post=opening)
    assert Thread.objects.open_questions().count() == 2


def test_mine_show_how_many_answered_and_what_is_new(world, client_of, asked):
    html = section(client_of(world.bo), "/", MINE)
    assert titles(html) == ["Who knows?"]
    assert re.search(rf"1 answer · 1 new {world.place.title}", words(html))
    assert "no reply yet" in words(section(client_of(world.al), "/", MINE))


def test_i_could_help_with_those_of_others_first_the_youngest_that_nobody_replied_to(world, client_of, asked):
    assert titles(section(client_of(world.bo), "/", COULD_HELP)) == ["Where to?", "Anybody?"]
    with_reply = a_thread(world.place, author=world.fay, kind="question", title="And then?")
    a_post(with_reply, author=world.alice)
    assert titles(section(client_of(world.bo), "/", COULD_HELP)) == ["Where to?", "Anybody?", "And then?"]
    a_post(with_reply, author=world.bo)  # said what they could
    assert "And then?" not in section(client_of(world.bo), "/", COULD_HELP)
    assert titles(section(client_of(world.al), "/", COULD_HELP)) == ["And then?"]  # the others: asked, or replied to


def test_what_one_looks_after_and_what_one_may_not_see_is_not_among_them(world, client_of, asked):
    assert titles(section(client_of(world.fay), "/", COULD_HELP)) == []
    assert titles(section(client_of(world.cy), "/", COULD_HELP)) == []
    circle = commons_of(a_community("Circle of choirs", members=(world.fay,)))
    a_thread(circle, kind="question", title="Which key?")
    assert titles(section(client_of(world.fay), "/", COULD_HELP)) == ["Which key?"]
    assert titles(section(client_of(world.fay), "/", OPEN)) == ["Anybody?", "Where to?", "Who knows?"]


def test_the_lists_are_short_their_numbers_whole_and_their_queries_few(world, client_of, asked):
    fay, bo = client_of(world.fay), client_of(world.bo)
    pages = [(fay, COMMUNITY), (fay, "/"), (bo, "/"), (bo, COMMUNITY), (bo, reverse("questions", args=["heron"]))]
    for client in (fay, bo):
        client.get(COMMUNITY)  # the first visit of a day is noted
    few = [queries_of(client, url) for client, url in pages]
    for n in range(30):
        thread = a_thread(world.commons, author=world.al, kind="question", title=f"Number {n}?")
        Thread.objects.filter(pk=thread.pk).update(post_count=1 + n % 2)
        world.al.posts.update(created_at=timezone.now() - timedelta(days=1))  # or they would be too fast
    assert [queries_of(client, url) for client, url in pages] == few
    html = section(fay, COMMUNITY, OPEN)
    assert "17 with no reply yet" in html
    assert "16 with no accepted answer yet" in html
    assert len(titles(html)) == 10
    assert len(titles(section(bo, "/", COULD_HELP))) == 8
    assert few[0] == few[3] + 2, "a guide's community page asks for open questions and flags as well"


def test_all_of_them_stand_on_a_page_of_their_own(world, client_of, asked):
    html = client_of(world.al).get(reverse("questions", args=["heron"])).content.decode()
    assert titles(html) == ["Anybody?", "Where to?", "Who knows?"]
    for thread in asked:
        delete_post(by=world.alice, post=thread.posts.in_order()[0])
    html = client_of(world.al).get(reverse("questions", args=["heron"])).content.decode()
    url = f"{reverse('new_thread', args=['heron', world.commons.pk])}?kind=question"
    assert f'href="{url}"' in html
    assert 'value="question" checked' in client_of(world.al).get(url).content.decode()
