"""What one has written, wherever that was: one's own words stay readable where one may no longer be."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from discussions.models import Post
from resources.models import Sharing

WORDS_A_PAGE = 40


@signed_in
@require_safe
def my_words(request):
    """One's own posts, or what one said about what one shared, newest first."""
    shows_shared = request.GET.get("show") == "shared"
    model = Sharing if shows_shared else Post
    page = Paginator(model.objects.written_by(request.user), WORDS_A_PAGE).get_page(request.GET.get("page"))
    still = model.objects.visible_to(request.user).with_ids([one.pk for one in page])
    still_open = set(still.values_list("pk", flat=True))
    context = {"page": page, "mine": [(one, one.pk in still_open) for one in page], "shows_shared": shows_shared}
    return render(request, "courses/my_words.html", context)
