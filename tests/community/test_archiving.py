"""A community that is put away: everybody reads on, nobody writes, and it comes back as it was."""

import pytest
from django.urls import reverse

from community.actions import LinkOver, NotOpen, archive, bring_back, enter, use_link
from community.models import AuditEntry, Community, Openness
from community.views.archiving import STILL_DONE
from discussions.actions import ThreadClosed, reply
from tests.access import ROWS, arguments
from tests.access.groups import a_link
from tests.factories import a_member, a_person, a_post, a_thread

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def thread(world):
    return a_thread(world.commons, author=world.bo, title="What herons eat")


def away(world):
    archive(community=world.community, by=world.alice)


def test_a_host_archives_and_brings_back_and_the_log_says_so(world, client_of, thread):
    alice, slug = client_of(world.alice), world.community.slug
    assert "Archive Heron cohort?" in text_of(alice.get(f"/c/{slug}/archive/"))
    alice.post(f"/c/{slug}/archive/")
    assert "Bring it back" in text_of(alice.get(f"/c/{slug}/archive/"))
    page = text_of(client_of(world.bo).get("/communities/"))
    assert page.index("Archived") < page.index("Heron cohort")
    alice.post(f"/c/{slug}/archive/bring-back/")
    assert Community.objects.get(slug=slug).archived_at is None
    acts = list(AuditEntry.objects.of(world.community).newest_first().values_list("act", "by"))
    assert acts[:2] == [("brought_back", world.alice.pk), ("archived", world.alice.pk)]
    assert a_post(thread, author=world.bo)


def test_everybody_reads_on(world, client_of, thread):
    away(world)
    bo = client_of(world.bo)
    pages = [world.community.get_absolute_url(), world.place.path, thread.get_absolute_url()]
    for path in pages:
        page = text_of(bo.get(path))
        assert "This community is archived." in page
        assert '<form class="write' not in page
    for offered in ("New page", "Set one for a day", "Invite people", "Begin one"):
        assert offered not in text_of(client_of(world.alice).get(pages[0]))
    assert "What herons eat" in page


def test_nobody_writes_by_whatever_way(world, client_of, thread):
    away(world)
    with pytest.raises(ThreadClosed):
        reply(author=world.bo, thread=thread, body="Fish.", key="00000000-0000-4000-8000-000000000001")
    address = reverse("reply", args=[world.community.slug, thread.pk])
    answer = client_of(world.bo).post(address, {"body": "Fish & frogs."})
    assert answer.status_code == 403
    assert "Fish &amp; frogs." in text_of(answer)
    assert thread.posts.count() == 1


def test_every_address_that_changes_something_in_it_is_shut(world, client_of):
    """Of the table of all addresses, so that a new one is shut by itself."""
    taken = arguments(world)
    away(world)
    alice, slug, opened = client_of(world.alice), world.community.slug, set()
    names = [row[0] for row in ROWS if row[1] == "POST" and slug in taken.get(row[0], [])]
    names.remove("bring_back_community")
    for name in names:
        if alice.post(reverse(name, args=taken[name])).status_code != 403:
            opened.add(name)
    assert len(names) > 50
    assert opened <= STILL_DONE


def test_nobody_finds_or_joins_it(world, client_of):
    link = a_link(world)
    Community.objects.update(openness=Openness.OPEN)
    nia = a_person()
    away(world)
    assert "Heron cohort" not in text_of(client_of(nia).get("/communities/find/"))
    assert client_of(nia).get(f"/c/{world.community.slug}/join/").status_code == 404
    with pytest.raises(NotOpen):
        enter(community=world.community, user=nia)
    with pytest.raises(LinkOver):
        use_link(link=link, user=nia)
    bring_back(community=world.community, by=world.alice)
    assert use_link(link=link, user=nia)


def test_only_who_runs_it_archives(world, client_of):
    address = f"/c/{world.community.slug}/archive/"
    for person, status in ((world.bo, 403), (world.fay, 403), (world.cy, 404)):
        assert client_of(person).post(address).status_code == status
        assert client_of(person).post(f"{address}bring-back/").status_code == status
    assert a_member(world.community)
    assert not Community.objects.archived().exists()
