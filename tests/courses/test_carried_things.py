"""What an earlier cohort shared and wrote together, shown to a later one: what may be read of it, and what never."""

import pytest
from django.urls import reverse

from accounts.actions import hide_person
from community.actions import join, remove_member
from community.models import Membership
from courses.actions import carry_things, choose, nominate_thing, take_back_carried_thing
from courses.models import CarriedThing
from discussions.actions import NotTheirs, StaysBehind
from discussions.models import Consent
from notifications.actions import fan_out
from notifications.models import Event, Notification
from resources.actions import remove_resource, share
from tests.carried import a_carried_page
from tests.courses.test_unit_page import queries_of
from tests.factories import a_cohort, a_community, a_file, a_member, a_resource, a_wiki_page, place_of
from wiki.actions import edit_page

NAMED, UNNAMED, NOTHING = Consent.Choice


@pytest.fixture
def later(world):
    """The next cohort, which Alice guides; its place of the unit, and Nia, who learns there."""
    cohort = a_cohort(world.course, host=world.alice, title="Ibis cohort", slug="ibis", days_ago=0)
    return cohort.community, place_of(world.unit, cohort.community), a_member(cohort.community, "Nia", handle="nia")


@pytest.fixture
def link(world):
    """What Bo shared, and Al, too."""
    why = {"why": "Bo's reason, with @al."}
    resource = a_resource(world.place, sharer=world.bo, url="https://canary.example/a", title="Canary title", **why)
    a_resource(world.place, sharer=world.al, url=resource.url, why="Al's reason.")
    return resource


@pytest.fixture
def page(world):
    """Bo began it with two paragraphs and a list, Al wrote a third one and an item of the list."""
    body = "Bo's first.\n\nBo's second.\n\n- Bo's item\n"
    page = a_wiki_page(world.place, author=world.bo, title="Canary page", body=body)
    more = body.replace("second", "second, mended by Al") + "- Al's item\n\nAl's own, see [[Field guide]].\n"
    return edit_page(author=world.al, page=page, body=more, version=1, summary="")


@pytest.fixture
def read(world, later, client_of):
    client = client_of(later[2])

    def unit():
        html = client.get(later[1].path).content.decode()
        return html[html.index("<main") : html.index("</main>")]

    return unit


def agree(world, choice, *people):
    for person in people:
        choose(by=person, community=world.community, choice=choice)


def carry(world, later, *things):
    return carry_things(by=world.alice, things=things, to=later[0])


def test_without_an_answer_nothing_is_shown(world, later, link, page, read):
    carry(world, later, link, page)
    html = read()
    assert "Canary" not in html
    assert "canary.example" not in html
    assert "From earlier cohorts" not in html


def test_a_link_is_shown_with_the_reasons_whose_authors_agree(world, later, link, read):
    carry(world, later, link)
    agree(world, UNNAMED, world.bo)
    html = read()
    assert "Canary title" in html
    assert "Bo's reason, with " in html
    assert "Heron cohort" in html
    for trace in ("Al's reason", "Bo Lindqvist", "@al", "/people/bo/", "/people/al/"):
        assert trace not in html
    agree(world, NAMED, world.al)
    html = read()
    assert "Al's reason" in html
    assert "Al Reyes" in html
    assert "/people/al/" not in html
    agree(world, NOTHING, world.bo)
    html = read()
    assert "Bo's reason" not in html
    assert "Canary title" not in html  # it is the words of who shared it first
    assert "canary.example/a" in html


def test_nothing_stays_of_who_leaves_and_of_what_is_taken_off_the_shelf(world, later, link, read):
    carry(world, later, link)
    agree(world, NAMED, world.bo, world.al)
    remove_member(world.community.memberships.current().get(user=world.al))
    assert "Al's reason" not in read()
    remove_resource(by=world.alice, resource=link)
    assert "canary.example" not in read()


def test_of_a_page_the_parts_are_shown_all_of_whose_writers_agree(world, later, page, read):
    carry(world, later, page)
    agree(world, NAMED, world.bo)
    html = read()
    assert "Canary page" in html
    assert "Bo's first." in html
    assert "Bo's item" in html
    assert "written by <bdi>Bo Lindqvist</bdi>" in html
    assert "without the parts" in html
    for words in ("Bo's second", "Al's", "Al Reyes", "Field guide"):
        assert words not in html
    agree(world, UNNAMED, world.al)
    html = read()
    assert "Bo's second, mended by Al" in html
    assert "see <span>Field guide</span>" in html
    assert "without the parts" not in html
    assert "Al Reyes" not in html


def test_a_long_page_is_read_on_its_own_page(world, later, client_of, read):
    carried = a_carried_page(later[1], by=world.alice, title="Long one", body="Words and words.\n\n" * 300)
    assert "Words and words" not in read()
    assert carried.get_absolute_url() in read()
    nia = client_of(later[2])
    assert "Words and words" in nia.get(carried.get_absolute_url()).content.decode()
    assert client_of(world.bo).get(carried.get_absolute_url()).status_code == 404
    agree(type("W", (), {"community": carried.stood_at.community}), NOTHING, world.alice)
    assert nia.get(carried.get_absolute_url()).status_code == 404


def test_files_go_along_with_what_shows_them(world, later, client_of, read):
    file = a_file(world.place, by=world.bo)
    shared = share(sharer=world.bo, place=world.place, file=file, why="", key=file.key).resource
    carry(world, later, shared)
    get = client_of(later[2]).get
    assert get(file.get_absolute_url()).status_code == 404
    agree(world, UNNAMED, world.bo)
    assert file.get_absolute_url() in read()
    assert get(file.get_absolute_url()).status_code == 200
    assert client_of(world.cy).get(file.get_absolute_url()).status_code == 404
    remove_resource(by=world.alice, resource=shared)
    assert get(file.get_absolute_url()).status_code == 404


def test_who_has_blocked_somebody_reads_nothing_under_their_name(world, later, link, page, read):
    carry(world, later, link, page)
    agree(world, NAMED, world.bo, world.al)
    hide_person(person=later[2], hidden=world.bo)
    html = read()
    for words in ("Bo's reason", "Canary", "Bo Lindqvist"):
        assert words not in html
    assert "Al's reason" in html


def test_nobody_there_sees_the_thing_itself(world, later, link, page, client_of):
    carry(world, later, link, page)
    agree(world, NAMED, world.bo, world.al)
    nia = client_of(later[2])
    for url in (link.get_absolute_url(), page.get_absolute_url(), f"{page.get_absolute_url()}history/"):
        assert nia.get(url).status_code == 404


def test_writers_are_asked_once_for_all_that_is_put_forward(world, link, page):
    for by, thing in ((world.fay, link), (world.alice, link), (world.alice, page)):
        nominate_thing(by=by, thing=thing)
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    told = Notification.objects.filter(event__verb=Event.Verb.NOMINATED)
    assert sorted(told.values_list("person__handle", flat=True)) == ["al", "bo"]
    choose(by=world.bo, community=world.community, choice=NAMED)
    assert told.unread().values_list("person__handle", flat=True).get() == "al"


def test_one_puts_a_thing_forward_on_its_page_and_a_guide_of_both_carries_it(world, later, link, page, client_of):
    bo, alice, slug = client_of(world.bo), client_of(world.alice), world.community.slug
    for thing in (link, page):
        assert "Put it forward" in bo.get(thing.get_absolute_url()).content.decode()
        url = reverse("forward", args=[slug, thing.bookmark_kind, thing.pk])
        for _ in range(2):
            assert bo.post(url, {"nominated": "yes"}).status_code == 302
        assert "Take that back" in bo.get(thing.get_absolute_url()).content.decode()
    bo.post(url, {"nominated": "no"})
    assert "Canary page" not in (html := alice.get(reverse("carrying", args=[slug])).content.decode())
    assert "0 of 2 writers agree" in html
    ticked = {"things": f"resource-{link.pk}", "to": later[0].pk}
    html = alice.post(reverse("carry", args=[slug]), ticked, follow=True).content.decode()
    assert "Shown in Ibis cohort" in html
    carried = CarriedThing.objects.get()
    assert carried.place == later[1]
    back = reverse("take_back_thing", args=[slug, carried.pk])
    assert client_of(world.bo).post(back).status_code == 404
    assert "Shown in Ibis" not in alice.post(back, follow=True).content.decode()
    later[1].refresh_from_db()
    assert later[1].carried_things == 0


def test_there_is_nothing_to_put_forward_where_no_course_is_taken(world, client_of):
    circle = a_community(host=world.alice)
    page = a_wiki_page(circle.places.get(), author=world.alice)
    assert "Put it forward" not in client_of(world.alice).get(page.get_absolute_url()).content.decode()
    with pytest.raises(StaysBehind):
        nominate_thing(by=world.alice, thing=page)


def test_only_who_guides_both_carries_and_only_to_later_cohorts_of_the_course(world, later, link):
    there = a_member(later[0], "Theo")
    join(later[0], world.fay, role=Membership.Role.MEMBER)
    for person in (world.fay, world.bo, there, world.cy):
        with pytest.raises(NotTheirs):
            carry_things(by=person, things=[link], to=later[0])
    for elsewhere in (a_community(host=world.alice), a_cohort(world.course, host=world.alice, days_ago=90).community):
        with pytest.raises(StaysBehind):
            carry_things(by=world.alice, things=[link], to=elsewhere)
    carried = carry(world, later, link)
    assert carry(world, later, link) == carried
    with pytest.raises(NotTheirs):
        take_back_carried_thing(by=world.bo, carried=carried[0])
    assert CarriedThing.objects.count() == 1


def test_what_hangs_in_the_commons_goes_to_the_commons(world, later, client_of):
    page = a_wiki_page(world.commons, author=world.bo, title="Words of ours", body="A word.")
    shared = a_resource(world.commons, sharer=world.bo, url="https://canary.example/c", title="Shared with all")
    carry(world, later, page, shared)
    agree(world, NAMED, world.bo)
    html = client_of(later[2]).get(later[0].get_absolute_url()).content.decode()
    assert "Words of ours" in html
    assert "Shared with all" in html


def test_a_unit_asks_as_many_queries_however_much_was_carried_there(world, later, link, page, client_of):
    client = client_of(later[2])
    without = queries_of(client, later[1].path)
    agree(world, NAMED, world.bo, world.al)
    carry(world, later, link, page)
    with_two = queries_of(client, later[1].path)
    for n in range(3):
        shared = a_resource(world.place, sharer=world.al, url=f"https://canary.example/{n}")
        carry(world, later, shared, a_wiki_page(world.place, author=world.bo))
    assert queries_of(client, later[1].path) == with_two
    assert with_two <= without + 4
