"""Browser messages, asked for and not any more."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.views import signed_in

from .. import actions
from ..forms import BrowserForm


@signed_in
@require_POST
def push_on(request):
    """For the page's script: tell who asks at once in this browser."""
    form = BrowserForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"refused": form.errors}, status=422)
    actions.keep_browser(person=request.user, session_key=request.session.session_key, **form.cleaned_data)
    return HttpResponse(status=204)


@signed_in
@require_POST
def push_off(request):
    """Not any more: in the browser with the `endpoint` that a script names, or in any."""
    endpoint = request.POST.get("endpoint", "")
    actions.forget_browsers(request.user, endpoint=endpoint)
    if endpoint:
        return HttpResponse(status=204)
    messages.success(request, _("You get no messages there any more."))
    return redirect("mail_settings")
