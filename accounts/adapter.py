"""How allauth is told about our people; allauth looks for this module by its own convention."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Organisation, User

INVITED = "was_invited"  # in the session of who looked at an invitation that is open


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return Organisation.current().lets_sign_up(is_invited=was_invited(request))

    def clean_email(self, email):
        """Where only addresses of some domains may sign up, others are told which."""
        email = super().clean_email(email)
        match = self.request and self.request.resolver_match
        if match and match.url_name == "account_signup":
            organisation = Organisation.current()
            if not organisation.takes_address(email, is_invited=was_invited(self.request)):
                words = _("Sign up with an address of %(domains)s, or use the link of your invitation.")
                raise ValidationError(words % {"domains": ", ".join(organisation.domain_list)})
        return email

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"]
        user.time_zone = form.cleaned_data.get("time_zone") or Organisation.current().time_zone
        user.handle = User.objects.free_handle(user.name)
        if commit:
            user.save()
        return user


def note_invited(request):
    """Let whoever looks at an invitation sign up, whatever the policy says; the address is proved as always."""
    request.session[INVITED] = True


def was_invited(request):
    return bool(request and INVITED in request.session)
