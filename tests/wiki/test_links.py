"""Links by a title: to pages that are there, to pages to begin, and to nobody else's secrets."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from courses.actions import edit_unit
from tests.courses.test_unit_page import queries_of
from tests.factories import a_thread, a_wiki_page, place_of
from wiki.actions import edit_page, rename_page


@pytest.fixture
def write(world):
    """A page that says these words, in the commons or elsewhere."""
    return lambda title, body="Words.", place=None: a_wiki_page(
        place or world.commons, author=world.fay, title=title, body=body
    )


@pytest.fixture
def closed(world):
    """A place that members don't see yet."""
    place = place_of(world.units[2], world.community)
    place.opens_at = timezone.now() + timedelta(days=3)
    place.save(update_fields=["opens_at"])
    return place


def links(client, page, within=".prose"):
    soup = BeautifulSoup(client.get(page.get_absolute_url()).content.decode(), "html.parser")
    return {a.contents[0]: a for a in soup.select(f"{within} a") if a.contents and "knot" not in a.get("class", [])}


def linked_from(client, page):
    soup = BeautifulSoup(client.get(page.get_absolute_url()).content.decode(), "html.parser")
    return [a.text for a in soup.select("section[aria-labelledby=linked-from] li a")]


def test_a_link_leads_to_the_page_of_that_title_and_a_red_one_begins_it(world, client_of, write):
    client = client_of(world.bo)
    write("Glossary")
    guide = write("Field guide", "See [[ glossary ]] and [[First week|the start]].", place=world.place)
    found = links(client, guide)
    assert found["glossary"]["href"] == f"/c/{world.community.slug}/w/glossary/"
    assert not found["glossary"].get("class")
    red = found["the start"]
    assert red["class"] == ["wiki-new"]
    assert red.text == "the start (no page yet, begin it)"
    form = client.get(red["href"])
    assert form.context["place"] == world.place
    assert form.context["form"]["title"].value() == "First week"


def test_a_new_page_turns_the_links_to_it_blue_everywhere(world, client_of, write):
    client = client_of(world.bo)
    guide = write("Field guide", "See [[First week]].")
    edit_unit(unit=world.unit, author=world.fay, source="Read [[First week]] too.", version=world.unit.version)
    before = client.get(world.place.path).content.decode()
    assert f"/p/{world.place.pk}/wiki/new/?title=First+week" in before
    page = write("First week", place=world.place)
    assert links(client, guide)["First week"]["href"] == page.get_absolute_url()
    html = client.get(world.place.path).content.decode()
    assert "wiki-new" not in html
    assert f'<a href="{page.get_absolute_url()}">First week</a>' in html


def test_a_page_that_one_may_not_see_is_none(world, client_of, write, closed):
    secret = write("Exam answers", place=closed)
    guide = write("Field guide", "See [[Exam answers]] and [[Exam questions]].")
    bo, fay = client_of(world.bo), client_of(world.fay)
    hidden, missing = links(bo, guide)["Exam answers"], links(bo, guide)["Exam questions"]
    assert str(hidden).replace("answers", "questions") == str(missing)
    assert links(fay, guide)["Exam answers"]["href"] == secret.get_absolute_url()
    asked = [
        bo.get(reverse("wiki_titled", args=[world.community.slug]), {"title": f"Exam {w}"}).url
        for w in ("answers", "questions")
    ]
    assert asked[0].replace("answers", "questions") == asked[1]
    assert "new/?title=" in asked[1]
    mine = write("Exam answers")  # its address doesn't tell that there is another one
    assert mine.slug == "exam-answers"
    assert links(bo, guide)["Exam answers"]["href"] == mine.get_absolute_url()
    assert "Exam answers" not in bo.get(reverse("wiki_index", args=[world.community.slug])).content.decode().replace(
        ">Exam answers</a>", "", 2
    )


def test_a_title_of_two_means_the_one_at_the_same_place(world, client_of, write):
    first, second = write("Glossary"), write("Glossary", place=world.place)
    client = client_of(world.bo)
    assert links(client, write("A", "[[Glossary]]"))["Glossary"]["href"] == first.get_absolute_url()
    assert links(client, write("B", "[[Glossary]]", world.place))["Glossary"]["href"] == second.get_absolute_url()
    assert linked_from(client, first) == ["A"]
    assert linked_from(client, second) == ["B"]
    assert links(client, write("C", "[[glossary-2|the other]]"))["the other"]["href"] == second.get_absolute_url()


def test_words_outside_the_wiki_link_by_title_too(world, client_of, write):
    thread = a_thread(world.place, author=world.fay, body="See [[Field guide]].")
    client = client_of(world.bo)
    soup = BeautifulSoup(client.get(thread.get_absolute_url()).content.decode(), "html.parser")
    href = soup.select_one("a.wiki-link")["href"]
    assert client.get(href).url == f"/c/{world.community.slug}/p/{world.place.pk}/wiki/new/?title=Field+guide"
    page = write("Field guide")
    assert client.get(href).url == page.get_absolute_url()


@pytest.mark.parametrize(
    "asked", ["", "?title=", "?title=a%00b", "?title=x&at=9999999", "?title=x&at=²", "?title=x&at=0"]
)
def test_an_odd_question_leads_somewhere(world, client_of, asked):
    response = client_of(world.bo).get(reverse("wiki_titled", args=[world.community.slug]) + asked)
    assert response.status_code == 302


def test_a_page_says_what_links_to_it(world, client_of, write, closed):
    page = write("Glossary", "I am the [[Glossary]].")
    write("Hidden", "[[Glossary]]", place=closed)
    guide = write("Field guide", "[[glossary]] and [[Glossary|again]]")
    edit_unit(unit=world.unit, author=world.fay, source="Read [[Glossary]].", version=world.unit.version)
    assert linked_from(client_of(world.bo), page) == [world.unit.title, "Field guide"]
    assert linked_from(client_of(world.fay), page) == [world.unit.title, "Field guide", "Hidden"]
    edit_page(author=world.bo, page=guide, body="No more.", version=1)
    page = rename_page(by=world.bo, page=page, title="Words", was="Glossary")
    assert linked_from(client_of(world.bo), page) == [world.unit.title]  # by its old title
    write("Glossary")
    assert linked_from(client_of(world.bo), page) == []


def test_a_page_asks_the_same_queries_for_one_link_and_for_many(world, client_of, write):
    client, few, many = (
        client_of(world.bo),
        write("Few", "[[Page 1]]"),
        write("Many", " ".join(f"[[Page {n}]]" for n in range(40))),
    )
    for n in range(20):
        write(f"Page {n}", "[[Few]] [[Many]]")
    assert queries_of(client, few.get_absolute_url()) == queries_of(client, many.get_absolute_url())


def test_the_completion_writes_a_title_or_an_address_where_the_title_means_another_page(world, client_of, write):
    write("Heron notes")
    write("Heron notes", place=world.place)
    draft = write("Heron [draft]")
    answer = client_of(world.bo).get(reverse("linkable", args=[world.community.slug]), {"q": "heron"}).json()
    inserted = [one["insert"] for one in answer["found"]]
    assert inserted == [
        f"[Heron \\[draft\\]]({draft.get_absolute_url()})",
        "[[Heron notes]]",
        "[[heron-notes-2|Heron notes]]",
    ]


def test_who_begins_a_page_that_somebody_just_began_is_told_and_keeps_the_words(world, client_of, write):
    client, url = client_of(world.bo), reverse("new_wiki_page", args=[world.community.slug, world.place.pk])
    theirs = write("First week", place=world.place)
    sent = {"title": "first  week", "body": "My words.", "key": "00000000-0000-4000-8000-000000000001"}
    response = client.post(url, sent)
    html = response.content.decode()
    assert response.status_code == 409
    assert "There is a page “First week” already." in html
    assert theirs.get_absolute_url() in html
    assert "My words." in html
    made = client.post(url, sent | {"anyway": "on"})
    assert made.url == f"/c/{world.community.slug}/w/first-week-2/"
    assert client.post(url, sent).status_code == 409  # without the tick it is asked again
    assert client.post(url, sent | {"anyway": "on"}).url == made.url


def test_a_page_that_one_may_not_see_is_not_told_of(world, client_of, write, closed):
    write("Exam answers", place=closed)
    url = reverse("new_wiki_page", args=[world.community.slug, world.place.pk])
    sent = {"title": "Exam answers", "body": "Mine.", "key": "00000000-0000-4000-8000-000000000001"}
    assert client_of(world.bo).post(url, sent).url == f"/c/{world.community.slug}/w/exam-answers/"


def test_the_list_of_all_pages_asks_the_same_queries_for_few_and_for_many(world, client_of, write):
    client, url = client_of(world.bo), reverse("wiki_index", args=[world.community.slug])
    assert "Begin the first page" in client.get(url).content.decode()
    write("Words")
    few = queries_of(client, url)
    for n in range(12):
        write(f"Page {n}", place=world.place)
    assert queries_of(client, url) == few
    html = client.get(url).content.decode()
    assert html.index(world.commons.title) < html.index(f">{world.place.title}</a></h2>")
    assert "Page 11" in html
