"""How allauth is told about our people; allauth looks for this module by its own convention."""

from allauth.account.adapter import DefaultAccountAdapter

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"]
        user.time_zone = form.cleaned_data.get("time_zone") or "UTC"
        user.handle = User.objects.free_handle(user.name)
        if commit:
            user.save()
        return user
