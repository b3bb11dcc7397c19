from django.urls import path

from . import views

urlpatterns = [
    path("bookmarks/", views.bookmarks, name="bookmarks"),
    path("bookmarks/<int:pk>/note/", views.bookmark_note, name="bookmark_note"),
    path("bookmarks/<int:pk>/remove/", views.remove_bookmark, name="remove_bookmark"),
    path("bookmarks/<int:pk>/restore/", views.restore_bookmark, name="restore_bookmark"),
    path("bookmarks/<slug:kind>/<int:pk>/", views.bookmark, name="bookmark"),
    path("c/<slug:community>/settings/", views.community_settings, name="community_settings"),
    path("c/<slug:community>/people/", views.people, name="people"),
    path("c/<slug:community>/roles/", views.roles, name="roles"),
    path("c/<slug:community>/people/<str:handle>/role/", views.change_role, name="change_role"),
    path("manage/organisation/", views.organisation, name="organisation"),
    path("manage/log/", views.audit_log, name="audit_log"),
    path("organisation/logo/<str:name>", views.organisation_logo, name="organisation_logo"),
    path("organisation/style/<str:colour>.css", views.organisation_style, name="organisation_style"),
    path("jobs/<int:job_id>/", views.job, name="job"),
    path("c/<slug:community>/p/<int:place_id>/readers/", views.readers, name="readers"),
    path("c/<slug:community>/people/<str:handle>/trust/", views.trust, name="trust"),
    path("c/<slug:community>/p/<int:place_id>/files/", views.add_file, name="add_file"),
    path("c/<slug:community>/files/<int:file_id>/preview/", views.file_preview, name="file_preview"),
    path("c/<slug:community>/files/<int:file_id>/<str:name>", views.file, name="file"),
    path("c/<slug:community>/images/<int:image_id>/", views.image, name="image"),
    path("people/<str:handle>/", views.person, name="person"),
    path("people/<str:handle>/block/", views.block, name="block"),
    path("people/<str:handle>/picture/<str:name>", views.avatar, name="avatar"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
