from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from community.models import Community

from ..models import Post, Thread

QUESTIONS_A_PAGE = 40


@signed_in
@require_safe
def questions(request, community):
    """The questions of a community that wait for an answer."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    waiting = (
        Thread.objects.visible_to(request.user)
        .of(community)
        .open_questions()
        .with_places()
        .knowing_unwanted_by(request.user.pk)
        .by_neglect()
    )
    page = Paginator(waiting, QUESTIONS_A_PAGE).get_page(request.GET.get("page"))
    Post.objects.in_threads(list(page)).news_for(request.user).mark(page)
    commons = community.places.commons().get()
    context = {
        "community": community,
        "page": page,
        "start": f"{reverse('new_thread', args=[community.slug, commons.pk])}?kind=question",
        "crumbs": [(_("Communities"), reverse("communities")), (community.title, community.get_absolute_url())],
    }
    return render(request, "discussions/questions.html", context)
