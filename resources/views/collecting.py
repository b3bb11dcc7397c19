"""What is in a collection: putting something in, words about it, order, and out again."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from accounts.views import signed_in
from community.models import EditConflict, bookmarkable

from .. import actions
from ..forms import CollectForm, ItemForm
from ..models import COLLECTED, CollectionItem
from .collections import curated_collection, way_to

STEPS = {"up": -1, "down": 1}


@signed_in
@require_http_methods(["GET", "POST"])
def collect(request, kind, pk):
    """Put something that one may see into a collection that one curates, or into a new one."""
    if kind not in COLLECTED or kind not in bookmarkable():
        raise Http404
    target = get_object_or_404(bookmarkable()[kind].objects.as_bookmarks(request.user), pk=pk)
    posted = request.method == "POST"
    form = CollectForm(request.POST if posted else None, person=request.user)
    if posted and form.is_valid() and (item := collected(request, form, target)):
        messages.success(request, _("It is in “%(title)s” now.") % {"title": item.collection.title})
        return HttpResponseRedirect(f"{item.collection.get_absolute_url()}#item-{item.pk}")
    context = {"form": form, "target": target}
    return render(request, "resources/collect.html", context, status=422 if form.errors else 200)


def collected(request, form, target):
    """The item that it became; None where that can't be, which the form then says, and keeps the words."""
    data = form.cleaned_data
    collection = data["collection"]
    if collection and not collection.accepts_words_from(request.user):
        form.add_error(None, _("You can't write here just now. What you filled in is still here."))
        return None
    if not collection:
        collection = actions.make_collection(person=request.user, title=data["title"], key=data["key"])
    try:
        return actions.add_item(collection=collection, target=target, person=request.user, words=data["words"])
    except actions.TooMany:
        form.add_error(None, _("That collection is full. Begin another one; your words are still here."))
    except actions.AlreadyIn:
        form.add_error(
            "words", _("It is in that collection, with other words. Edit those there; yours are still here.")
        )
    return None


@signed_in
@require_http_methods(["GET", "POST"])
def edit_item(request, pk, item_id):
    """The words about an item. When somebody saved meanwhile, both texts are shown."""
    collection, item = curated_item(request, pk, item_id)
    crumbs = [*way_to(collection), (collection.title, collection.get_absolute_url())]
    around = {"collection": collection, "item": item, "crumbs": crumbs}
    if request.method == "GET":
        form = ItemForm(initial={"words": item.source, "version": item.version})
        return render(request, "resources/edit_item.html", around | {"form": form})
    form = ItemForm(request.POST)
    if form.is_valid() and not collection.accepts_words_from(request.user):
        form.add_error(None, _("You can't write here just now. Your words are still here."))
    if form.errors:
        return render(request, "resources/edit_item.html", around | {"form": form}, status=422)
    try:
        actions.edit_item(item=item, person=request.user, **form.cleaned_data)
    except EditConflict as conflict:
        form = ItemForm(initial=form.cleaned_data | {"version": conflict.text.version})
        context = around | {"form": form, "newer": conflict.text, "theirs": conflict.text.source}
        return render(request, "resources/collection_conflict.html", context, status=409)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(f"{collection.get_absolute_url()}#item-{item.pk}")


@signed_in
@require_POST
def move_item(request, pk, item_id):
    """One up or down, of what its curator sees; in place, one goes on at the same button."""
    collection, item = curated_item(request, pk, item_id)
    way = request.POST.get("to", "")
    if way not in STEPS:
        raise Http404
    moved = actions.move_item(item=item, person=request.user, step=STEPS[way])
    if not request.htmx:
        return HttpResponseRedirect(f"{collection.get_absolute_url()}#item-{item.pk}")
    items = collection.items.shown_to(request.user)
    context = {"collection": collection, "items": items, "moved": item.pk, "way": way}
    response = render(request, "resources/_items.html", context)
    place = next((n for n, shown in enumerate(items, start=1) if shown.pk == item.pk), 0)
    words = _("Now number %(n)s.") if moved else _("It stays number %(n)s.")
    return trigger_client_event(response, "announce", {"value": words % {"n": place}})


@signed_in
@require_POST
def remove_item(request, pk, item_id):
    collection, item = curated_item(request, pk, item_id)
    actions.remove_item(item)
    return HttpResponseRedirect(f"{collection.get_absolute_url()}?removed={item.pk}")


@signed_in
@require_POST
def restore_item(request, pk, item_id):
    """Undo that it was taken out."""
    collection = curated_collection(request, pk)
    item = get_object_or_404(CollectionItem.objects.of(collection).removed(), pk=item_id)
    actions.restore_item(item)
    return HttpResponseRedirect(f"{collection.get_absolute_url()}#item-{item.pk}")


def curated_item(request, pk, item_id):
    """A collection that one may change, and one of its items as one sees it."""
    collection = curated_collection(request, pk)
    items = CollectionItem.objects.of(collection).standing().numbered(item_id).targets_for(request.user)
    if not items:
        raise Http404
    return collection, items[0]
