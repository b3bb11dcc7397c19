"""What is new in the conversations of a page is what is new there, asked in another way."""

from discussions.models import Post, news_at
from tests.factories import a_post, a_thread


def test_it_is_what_is_new_there(world):
    here, elsewhere = (a_thread(place, author=world.al) for place in (world.commons, world.place))
    other = a_thread(world.place, author=world.al)
    for thread in (here, elsewhere, other):
        a_post(thread, author=world.fay)
    for person in filter(None, world.cast.values()):
        some = news_at(person, world.commons.pk, [elsewhere.pk])
        assert some == Post.objects.in_threads([here, elsewhere]).news_for(person)
        assert news_at(person, world.commons.pk) == Post.objects.in_threads([here]).news_for(person)
        assert news_at(person, also_in=[elsewhere.pk]) == Post.objects.in_threads([elsewhere]).news_for(person)
        assert not news_at(person).count
    assert set(news_at(world.bo, world.commons.pk, [elsewhere.pk]).threads) == {here.pk, elsewhere.pk}
