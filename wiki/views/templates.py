"""What new pages of a community can begin with: its guides choose and write it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in
from community.models import Community, EditConflict

from .. import actions
from ..forms import EditTemplateForm, NewTemplateForm
from ..models import PageTemplate


@signed_in
@require_safe
def templates(request, community):
    community = guided_community(request, community)
    found = PageTemplate.objects.all_of(community)
    context = around(community) | {
        "offered": [template for template in found if not template.taken_at],
        "taken": [template for template in found if template.taken_at],
    }
    return render(request, "wiki/templates.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_template(request, community):
    community = guided_community(request, community)
    posted = request.method == "POST"
    form = NewTemplateForm(request.POST if posted else None)
    if posted and form.is_valid():
        actions.create_template(by=request.user, community=community, **form.cleaned_data)
        return done(request, community, _("New pages can begin with it now."))
    return answered(request, community, form, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_template(request, community, name):
    """Write in a template. When somebody saved meanwhile, both texts are shown and nothing is overwritten."""
    community, template = guided_template(request, community, name)
    if request.method == "GET":
        form = EditTemplateForm(initial={"title": template.title, "body": template.body, "version": template.version})
        return answered(request, community, form, template=template)
    form = EditTemplateForm(request.POST)
    if not form.is_valid():
        return answered(request, community, form, template=template, status=422)
    try:
        actions.edit_template(by=request.user, template=template, **form.cleaned_data)
    except EditConflict as conflict:
        now = conflict.text
        form = EditTemplateForm(initial=form.cleaned_data | {"version": now.version})
        return answered(request, community, form, template=now, theirs=now.body, status=409)
    return done(request, community, _("Saved. Pages that began with it stay as they are."))


@signed_in
@require_POST
def take_template(request, community, name):
    community, template = guided_template(request, community, name)
    actions.take_template(by=request.user, template=template)
    return done(request, community, _("Taken away. You can bring it back below."))


@signed_in
@require_POST
def bring_template_back(request, community, name):
    community, template = guided_template(request, community, name)
    actions.bring_template_back(by=request.user, template=template)
    return done(request, community, _("It is offered again."))


def done(request, community, words):
    messages.success(request, words)
    return redirect("wiki_templates", community.slug)


def answered(request, community, form, *, status=200, **more):
    return render(request, "wiki/template.html", around(community) | {"form": form} | more, status=status)


def around(community):
    way = [(community.title, community.get_absolute_url()), (_("The wiki"), f"{community.get_absolute_url()}wiki/")]
    return {"community": community, "crumbs": way}


def guided_template(request, slug, name):
    community = guided_community(request, slug)
    template = PageTemplate.objects.called(community, name)
    if template is None:
        raise Http404
    return community, template


def guided_community(request, slug):
    """A community of the reader's, for its guides."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=slug)
    if not community.membership_of(request.user).is_guide:
        raise PermissionDenied
    return community
