from functools import wraps
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import actions
from .forms import DirectoryForm, ProfileForm
from .models import HiddenPerson, Interest, Profile, User

NOT_WORDS = {"csrfmiddlewaretoken", "key", "slot", "anchor", "page", "version", "block", "kind", "next"}
NOT_WORDS |= {"post", "posts", "up_to", "answers_to", "leave", "take", "level"}


def signed_in(view):
    """Let people in who are signed in. Others are asked to sign in, and what they had typed is shown to them."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return sign_in_from_fragment(request) if request.htmx else redirect_to_login(request.get_full_path())
        context = {"typed": typed_words(request), "back": page_before(request)}
        response = render(request, "signed_out.html", context, status=401)
        response["HX-Reswap"] = "none"  # the page keeps its form, with the words in it
        return response

    return guarded


def sign_in_from_fragment(request):
    """A page that asks for a part of itself would put the page for signing in there. So it is led there as a whole, and
    back, but for a part that nobody asked for by hand (`X-By-Itself`): somebody may be writing there."""
    response = HttpResponse(status=401)
    response["HX-Reswap"] = "none"
    if "X-By-Itself" not in request.headers:
        page = own_path(request, request.headers.get("HX-Current-URL", ""))
        response["HX-Redirect"] = redirect_to_login(page).url
    return response


def page_before(request):
    """The path of our page that a form was sent from, where the browser says so; else "/"."""
    return own_path(request, request.headers.get("Referer", ""))


def own_path(request, url):
    """The path of a page of ours; "/" for anything else."""
    if url_has_allowed_host_and_scheme(url, {request.get_host()}):
        path = urlsplit(url).path
        return path if path.startswith("/") and not path.startswith("//") else "/"
    return "/"


def typed_words(request):
    """Label and text of each field that somebody wrote into: what an answer that saves nothing must give back."""
    return [
        (name.replace("_", " "), value)
        for name, value in request.POST.items()
        if value.strip() and name not in NOT_WORDS and "password" not in name
    ]


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request):
    """One's own name, handle, picture and time zone."""
    me = User.objects.get(pk=request.user.pk)  # a refused form must not change the name in the page's bar
    posted = request.method == "POST"
    form = ProfileForm(request.POST if posted else None, request.FILES if posted else None, instance=me)
    if posted and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("profile_settings")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def directory_settings(request):
    """By what others find one, and who sees which part of what one says about oneself."""
    posted = request.method == "POST"
    mine: dict[str, list[str]] = {kind: [] for kind in Interest.Kind.values}
    for row in Interest.objects.of_people([request.user.pk]):
        mine[row.kind].append(row.name)
    initial = {kind: ", ".join(words) for kind, words in mine.items()}
    profile = Profile.of(request.user)
    form = DirectoryForm(request.POST if posted else None, instance=profile, initial=initial)
    if posted and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("knows", "wants")}
        actions.describe_oneself(person=request.user, audiences=form.audiences, **words)
        messages.success(request, _("Saved."))
        return redirect("directory_settings")
    return render(request, "accounts/directory.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_safe
def blocked(request):
    """The people whose words one does not see."""
    hidden = HiddenPerson.objects.of(request.user).with_people()
    return render(request, "accounts/blocked.html", {"hidden_people": hidden})


@signed_in
@require_POST
def unblock(request, handle):
    """See somebody's words again; asked of one's own list, so it works when one shares no community any more."""
    hidden = get_object_or_404(HiddenPerson.objects.of(request.user).with_people(), hidden__handle=handle).hidden
    actions.show_person(person=request.user, hidden=hidden)
    messages.success(request, _("You see the words of %(name)s again.") % {"name": hidden.name})
    return redirect("blocked")
