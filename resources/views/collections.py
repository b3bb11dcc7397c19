"""Collections: one's own, a community's, and one with what is in it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in
from community.models import Bookmark, Community, EditConflict, Place
from notifications.views import saw

from .. import actions
from ..forms import CollectionForm
from ..models import Collection, CollectionItem, FeedAddress

COLLECTIONS_A_PAGE = 40


def visible_collection(request, pk):
    """A collection, with who made it, what its reader may do with it, and whether they keep it."""
    collections = Collection.objects.visible_to(request.user).with_people().knowing_rights_of(request.user)
    return get_object_or_404(Bookmark.objects.knowing_kept(collections, request.user), pk=pk)


def curated_collection(request, pk, *, to_share=False):
    """For its curators, or with `to_share` for those whose it is; 403 for who may only read it."""
    collection = visible_collection(request, pk)
    if not (collection.may_share if to_share else collection.may_curate):
        raise PermissionDenied
    return collection


def way_to(collection):
    """The way down to a collection."""
    if collection.place is None:
        return [(_("Collections"), reverse("collections"))]
    community = collection.place.community
    return [
        (community.title, community.get_absolute_url()),
        (_("Collections"), reverse("community_collections", args=[community.slug])),
    ]


@signed_in
@require_safe
def collections(request):
    """Those one curates or is asked to; then those of one's communities. `?removed=` offers to undo."""
    seen = Collection.objects.visible_to(request.user).wanted_by(request.user).without_texts().with_people()
    mine = Collection.objects.curated_by(request.user).without_texts().with_people().newest_first()
    gone = request.GET.get("removed", "")
    gone = Collection.objects.made_by(request.user).removed().numbered(gone) if gone.isdecimal() else None
    context = {
        "mine": mine,
        "asked": Collection.objects.asking(request.user).without_texts().with_people().newest_first(),
        "page": Paginator(seen.not_curated_by(request.user).newest_first(), COLLECTIONS_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "removed": gone.first() if gone is not None else None,
    }
    return render(request, "resources/collections.html", context)


@signed_in
@require_safe
def community_collections(request, community):
    """Those that a community sees."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    seen = Collection.objects.visible_to(request.user).of(community).wanted_by(request.user)
    pages = Paginator(seen.without_texts().with_people().newest_first(), COLLECTIONS_A_PAGE)
    crumbs = [(community.title, community.get_absolute_url())]
    context = {"community": community, "page": pages.get_page(request.GET.get("page")), "crumbs": crumbs}
    return render(request, "resources/community_collections.html", context)


@signed_in
@require_safe
def collection(request, pk):
    """A collection as its reader sees it: what they may not see is left out, and leaves no gap."""
    collection = visible_collection(request, pk)
    saw(request, collection.curators.of(request.user))
    return whole_collection(request, collection)


def whole_collection(request, collection, **more):
    curators, items = collection.curators.standing().with_people(), collection.items.shown_to(request.user)
    context = {
        "collection": collection,
        "items": items,
        "changed_at": max([collection.edited_at, *(item.edited_at for item in items)]),  # of what one sees
        "curators": [curator for curator in curators if curator.accepted_at],
        "is_asked": any(c.person_id == request.user.pk and not c.accepted_at for c in curators),
        "crumbs": way_to(collection),
        "removed": removed_item(request, collection),
        "feed_url": "",
        "feed": FeedAddress.objects.of(collection, request.user).first(),
    }
    return render(request, "resources/collection.html", context | more)


def removed_item(request, collection):
    """The item that was just taken out, for whom may bring it back; or None."""
    pk = request.GET.get("removed", "")
    if not (collection.may_curate and pk.isdecimal() and len(pk) < 19):
        return None
    return next(iter(CollectionItem.objects.of(collection).removed().numbered(pk).targets_for(request.user)), None)


@signed_in
@require_http_methods(["GET", "POST"])
def new_collection(request):
    """`?in=` names the community that shall see it."""
    posted = request.method == "POST"
    place = Place.objects.visible_to(request.user).commons().of_slug(request.GET.get("in", "")).first()
    form = CollectionForm(request.POST if posted else None, person=request.user, initial={"place": place})
    if posted and form.is_valid() and not refused_for_pause(request, form):
        data = form.cleaned_data
        made = actions.make_collection(
            person=request.user, title=data["title"], words=data["words"], key=data["key"], **form.shared
        )
        return redirect(made)
    context = {"form": form, "crumbs": [(_("Collections"), reverse("collections"))]}
    return render(request, "resources/new_collection.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_collection(request, pk):
    """Its title, its words and who sees it. When somebody saved meanwhile, both texts are shown."""
    collection = curated_collection(request, pk)
    rights = {"person": request.user, "may_share": collection.may_share}
    around = {
        "collection": collection,
        "crumbs": [*way_to(collection), (collection.title, collection.get_absolute_url())],
    }
    if request.method == "GET":
        words = {"words": collection.source, "version": collection.version, "title": collection.title}
        shared = {"place": collection.place, "is_communitys": collection.is_communitys}
        form = CollectionForm(initial=words | shared, **rights)
        return render(request, "resources/edit_collection.html", around | {"form": form})
    form = CollectionForm(request.POST, **rights)
    if not form.is_valid() or refused_for_pause(request, form, collection):
        return render(request, "resources/edit_collection.html", around | {"form": form}, status=422)
    data = form.cleaned_data
    words = {"title": data["title"], "words": data["words"], "version": data["version"] or 0}
    try:
        actions.edit_collection(collection=collection, person=request.user, **words, **form.shared)
    except EditConflict as conflict:
        form = CollectionForm(initial=data | {"version": conflict.text.version}, **rights)
        theirs = f"{conflict.text.title}\n\n{conflict.text.source}"
        context = around | {"form": form, "newer": conflict.text, "theirs": theirs}
        return render(request, "resources/collection_conflict.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect(collection)


def refused_for_pause(request, form, collection=None):
    """Whether its writer may not write in the community that sees it; the form then says so and keeps the words."""
    place = form.cleaned_data.get("place") or (collection and collection.place)
    if place is None or place.accepts_words_from(request.user):
        return False
    form.add_error(None, _("You can't write here just now. What you filled in is still here."))
    return True


@signed_in
@require_POST
def remove_collection(request, pk):
    collection = curated_collection(request, pk, to_share=True)
    actions.remove_collection(collection)
    return HttpResponseRedirect(f"{reverse('collections')}?removed={pk}")


@signed_in
@require_POST
def restore_collection(request, pk):
    """Undo that, for who made it."""
    collection = get_object_or_404(Collection.objects.made_by(request.user), pk=pk)
    actions.restore_collection(collection)
    return redirect(collection)
