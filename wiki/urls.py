from django.urls import path

from . import views

urlpatterns = [
    path("c/<slug:community>/wiki/", views.index, name="wiki_index"),
    path("c/<slug:community>/wiki/to/", views.titled, name="wiki_titled"),
    path("c/<slug:community>/wiki/templates/", views.templates, name="wiki_templates"),
    path("c/<slug:community>/wiki/templates/new/", views.new_template, name="new_wiki_template"),
    path("c/<slug:community>/wiki/templates/<slug:name>/", views.edit_template, name="edit_wiki_template"),
    path("c/<slug:community>/wiki/templates/<slug:name>/take/", views.take_template, name="take_wiki_template"),
    path(
        "c/<slug:community>/wiki/templates/<slug:name>/bring-back/",
        views.bring_template_back,
        name="bring_wiki_template_back",
    ),
    path("c/<slug:community>/p/<int:place_id>/wiki/new/", views.new_page, name="new_wiki_page"),
    path("c/<slug:community>/w/<slug:slug>/edit/", views.edit, name="edit_wiki_page"),
    path("c/<slug:community>/w/<slug:slug>/edit/here/", views.editing, name="editing_wiki_page"),
    path("c/<slug:community>/w/<slug:slug>/edit/merge/", views.merge, name="merge_wiki_page"),
    path("c/<slug:community>/w/<slug:slug>/rename/", views.rename, name="rename_wiki_page"),
    path("c/<slug:community>/w/<slug:slug>/writers/", views.writers, name="wiki_writers"),
    path("c/<slug:community>/w/<slug:slug>/history/", views.history, name="wiki_history"),
    path("c/<slug:community>/w/<slug:slug>/history/compare/", views.compare, name="compare_wiki_page"),
    path("c/<slug:community>/w/<slug:slug>/history/<int:number>/", views.revision, name="wiki_revision"),
    path("c/<slug:community>/w/<slug:slug>/history/<int:number>/restore/", views.restore, name="restore_wiki_page"),
    path("c/<slug:community>/w/<slug:slug>/history/<int:number>/hide/", views.hide, name="hide_wiki_text"),
    path("c/<slug:community>/w/<slug:slug>/history/<int:number>/show/", views.show, name="show_wiki_text"),
]
