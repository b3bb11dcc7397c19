from django.urls import path

from . import views

RESOURCE = "c/<slug:community>/r/<int:resource_id>/"

urlpatterns = [
    path("share/", views.share_anywhere, name="share"),
    path("c/<slug:community>/shelf/", views.community_shelf, name="community_shelf"),
    path("c/<slug:community>/p/<int:place_id>/shelf/", views.shelf, name="shelf"),
    path(f"{RESOURCE}preview/", views.preview, name="preview"),
    path(f"{RESOURCE}picture/", views.preview_picture, name="preview_picture"),
    path(f"{RESOURCE}useful/", views.useful, name="useful"),
    path(f"{RESOURCE}edit/", views.edit_resource, name="edit_resource"),
    path(f"{RESOURCE}remove/", views.remove_resource, name="remove_resource"),
    path(f"{RESOURCE}restore/", views.restore_resource, name="restore_resource"),
    path(f"{RESOURCE}reasons/<int:sharing_id>/remove/", views.remove_sharing, name="remove_sharing"),
    path(f"{RESOURCE}reasons/<int:sharing_id>/restore/", views.restore_sharing, name="restore_sharing"),
    path("c/<slug:community>/tags/", views.tags, name="tags"),
    path("c/<slug:community>/settings/tags/", views.community_tags, name="community_tags"),
    path("c/<slug:community>/settings/tags/<int:tag_id>/", views.edit_tag, name="edit_tag"),
    path("c/<slug:community>/settings/tags/<int:tag_id>/remove/", views.remove_tag, name="remove_tag"),
    path("c/<slug:community>/collections/", views.community_collections, name="community_collections"),
    path("collections/", views.collections, name="collections"),
    path("collections/new/", views.new_collection, name="new_collection"),
    path("collections/<int:pk>/", views.collection, name="collection"),
    path("collections/<int:pk>/edit/", views.edit_collection, name="edit_collection"),
    path("collections/<int:pk>/remove/", views.remove_collection, name="remove_collection"),
    path("collections/<int:pk>/restore/", views.restore_collection, name="restore_collection"),
    path("collections/<int:pk>/feed/", views.collection_feed, name="collection_feed"),
    path("collections/<int:pk>/export.<str:form>", views.export_collection, name="export_collection"),
    path("collections/<int:pk>/curators/", views.curators, name="curators"),
    path("collections/<int:pk>/curators/answer/", views.answer_curating, name="answer_curating"),
    path("collections/<int:pk>/curators/<int:curator_id>/remove/", views.remove_curator, name="remove_curator"),
    path("collections/<int:pk>/items/<int:item_id>/edit/", views.edit_item, name="edit_item"),
    path("collections/<int:pk>/items/<int:item_id>/move/", views.move_item, name="move_item"),
    path("collections/<int:pk>/items/<int:item_id>/remove/", views.remove_item, name="remove_item"),
    path("collections/<int:pk>/items/<int:item_id>/restore/", views.restore_item, name="restore_item"),
    path("feeds/<str:token>/", views.feed, name="feed"),
    path("collect/<slug:kind>/<int:pk>/", views.collect, name="collect"),
]
