"""What is new to somebody in the conversations that a page shows, asked as a prepared query."""

from django.apps import apps

from community.models.prepared import prepared

from .reading import News


def news_at(user, place=0, also_in=()):
    """What is new to `user` in the threads of a place (its id), and in those with the ids `also_in`, by thread."""
    ids = sorted(set(also_in))
    if not place and not ids:
        return News(user.pk, {})
    lots = 1 << (len(ids) - 1).bit_length() if ids else 0
    return News.of(user, new_by_thread(user, place, [*ids, *[0] * (lots - len(ids))]))  # of few lengths


@prepared
def new_by_thread(user, place, threads):
    posts = apps.get_model("discussions", "Post").objects
    return posts.at(place, also_in=threads).new_to(user).by_thread(user)
