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
]
