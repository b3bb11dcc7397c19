from resources.actions import add_item, ask_to_curate, remove_item, renew_feed
from tests.access.words import ANYBODY, MEMBERS, SELF, WRITE
from tests.factories import a_collection, a_resource

CURATOR = "in   403 200 200 403 404 404 403 200 404 404"
CURATOR_POST = "401  403 {0} {0} 403 404 404 403 {0} 404 404"
TABLE = f"""
collections             GET   {SELF}
community_collections   GET   {MEMBERS}
new_collection          GET   {SELF}
new_collection          POST  401  422 422 422 422 422 422 422 422 422 422
collection              GET   {MEMBERS}
edit_collection         GET   {CURATOR}
edit_collection         POST  {CURATOR_POST.format(422)}
remove_collection       POST  {CURATOR_POST.format("to")}
restore_collection      POST  401  404 to  404 404 404 404 404 404 404 404
curators                GET   {CURATOR}
curators                POST  {CURATOR_POST.format(422)}
answer_curating         POST  401  to  to  404 404 404 404 404 404 404 404
remove_curator          POST  {CURATOR_POST.format("to")}
collection_feed         POST  401  200 200 200 200 404 404 200 200 404 404
export_collection       GET   {MEMBERS}
feed                    GET   {ANYBODY}
collect                 GET   {MEMBERS}
collect                 POST  {WRITE}
edit_item               GET   {CURATOR}
edit_item               POST  {CURATOR_POST.format(422)}
move_item               POST  401  403 404 404 403 404 404 403 404 404 404
remove_item             POST  {CURATOR_POST.format("to")}
restore_item            POST  {CURATOR_POST.format("to")}
"""


def arguments(world):
    of_all = a_collection(world.commons, by=world.fay, is_communitys=True)  # Fay and Alice guide, so both curate it
    item = add_item(collection=of_all, target=world.place.unit_place, person=world.fay)
    gone = add_item(collection=of_all, target=a_resource(world.place, sharer=world.fay), person=world.fay)
    remove_item(gone)
    asked = ask_to_curate(collection=of_all, handle=world.bo.handle, asked_by=world.fay)
    names = ["collection", "edit_collection", "remove_collection", "restore_collection", "curators", "answer_curating"]
    return {
        "community_collections": [world.community.slug],
        **{name: [of_all.pk] for name in names},
        **{name: [of_all.pk, item.pk] for name in ("edit_item", "move_item", "remove_item")},
        "remove_curator": [of_all.pk, asked.pk],
        "restore_item": [of_all.pk, gone.pk],
        "collection_feed": [of_all.pk],
        "export_collection": [of_all.pk, "json"],
        "feed": [renew_feed(collection=of_all, person=world.bo)],  # who holds it reads as Bo does
        "collect": ["unit", world.place.unit_place.pk],
    }
