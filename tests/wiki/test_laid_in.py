"""Pages laid into other texts."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.utils import timezone

from courses.actions import edit_unit
from tests.courses.test_unit_page import queries_of
from tests.factories import a_wiki_page, place_of


def soup_of(client, path):
    return BeautifulSoup(client.get(path).content.decode(), "html.parser")


def test_a_unit_shows_a_page_without_its_talk_and_links_to_it(world, client_of):
    page = a_wiki_page(world.commons, title="Glossary", body="## Words\n\nA *heron* waits.[^1]\n\n[^1]: It does.\n")
    text = "First.\n\n::page{glossary}\n\nLast.\n"
    edit_unit(unit=world.unit, author=world.fay, source=text, version=world.unit.version)
    assert "heron" not in world.unit.__class__.objects.get(pk=world.unit.pk).html
    soup = soup_of(client_of(world.bo), world.place.path)
    laid = soup.select_one(".prose > .laid")
    assert "A heron waits." in laid.text
    assert not laid.select("[id], .knot, .talk")
    assert laid.select_one(".laid-head a")["href"] == page.get_absolute_url()
    assert len(soup.select(".prose .knot")) == 2  # First and Last


def test_a_page_that_one_may_not_see_is_not_shown_and_not_named(world, client_of):
    place = place_of(world.units[2], world.community)
    place.opens_at = timezone.now() + timedelta(days=3)
    place.save(update_fields=["opens_at"])
    a_wiki_page(place, author=world.fay, title="Later", body="The SECRET words.")
    page = a_wiki_page(world.commons, author=world.fay, body="::page{later}\n\n::page{nowhere}\n")
    for_bo = client_of(world.bo).get(page.get_absolute_url()).content.decode()
    assert "SECRET" not in for_bo
    lines = [str(p) for p in BeautifulSoup(for_bo, "html.parser").select(".laid-not")]
    assert lines[0].replace("later", "nowhere") == lines[1]
    assert "SECRET" in client_of(world.fay).get(page.get_absolute_url()).content.decode()


def test_pages_that_lay_each_other_or_themselves_in_stop_with_a_kind_word(world, client_of):
    one = a_wiki_page(world.commons, title="One", body="Words of one.\n\n::page{Two}\n\n::page{One}\n")
    a_wiki_page(world.commons, title="Two", body="Words of two.\n\n::page{One}\n\n::page{Three}\n")
    a_wiki_page(world.commons, title="Three", body="Words of three.\n\n::page{Four}\n")
    a_wiki_page(world.commons, title="Four", body="Words of four.\n")
    article = soup_of(client_of(world.bo), one.get_absolute_url()).select_one("article.prose")
    assert [article.text.count(f"Words of {n}.") for n in ("one", "two", "three", "four")] == [1, 1, 1, 0]
    assert article.text.count("It is around these words already.") == 2
    assert article.text.count("It can be read on its own page.") == 1


def test_however_many_there_are_they_are_one_query_and_ten_are_shown(world, client_of):
    client = client_of(world.bo)
    for n in range(14):
        a_wiki_page(world.commons, title=f"Part {n}", body=f"Words {n}.")
    one = a_wiki_page(world.commons, body="::page{Part 1}")
    a_wiki_page(world.commons, title="Nest", body="\n\n".join(f"::page{{Part {n}}}" for n in range(8)))
    many = a_wiki_page(world.commons, body="\n\n".join(f"::page{{Part {n}}}" for n in range(14)))
    assert queries_of(client, one.get_absolute_url()) == queries_of(client, many.get_absolute_url())
    assert len(soup_of(client, many.get_absolute_url()).select(".laid")) == 10
    nested = a_wiki_page(world.commons, body="::page{Nest}\n\n::page{Part 9}\n\n::page{Part 10}\n\n::page{Part 11}\n")
    assert len(soup_of(client, nested.get_absolute_url()).select(".laid")) == 10
