"""What the views of the wiki find, and what they all say."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from community.models import Bookmark, Place
from notifications.models import knowing_levels, paths_from

from ..models import WikiPage


def visible_page(request, community, slug):
    """The page with where it hangs and where it is talked about. It is found under addresses that it had, too."""
    pages = WikiPage.objects.visible_to(request.user).with_surroundings()
    pages = knowing_levels(Bookmark.objects.knowing_kept(pages, request.user), request.user.pk, paths_from("talk"))
    return get_object_or_404(pages, names__slug=slug, community__slug=community)


def around(page):
    way = [*crumbs(page.community, page.place), (page.title, page.get_absolute_url())]
    return {"wiki_page": page, "place": page.place, "community": page.community, "crumbs": way}


def crumbs(community, place):
    """The way down to a page at `place`, which is in `community`."""
    way = [(community.title, community.get_absolute_url())]
    if place.kind == Place.Kind.COMMONS:
        return [*way, (_("The wiki"), reverse("wiki_index", args=[community.slug]))]
    return [*way, (place.title, place.path)]


def refused_for_pause(request, place, form):
    """Whether its writer may not write here; the form then says so and keeps the words."""
    if place.accepts_words_from(request.user):
        return False
    form.add_error(None, _("You can't write here just now. Your words are still here."))
    return True


def is_host(request, page):
    """Whether the reader runs the community of the page."""
    membership = page.community.membership_of(request.user)
    return bool(membership and membership.is_host)
