import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from community.models import Community, Place
from markup import Profile

from ..models import Collection
from .sharing import LineField


class SeenByField(forms.ModelChoiceField):
    """The commons of a community."""

    def label_from_instance(self, place):
        return place.community.title


class CollectionForm(forms.Form):
    """A collection, for `person`. Who sees it is only for those to say who `may_share` it."""

    title = LineField(label=_("What is it called?"), max_length=Collection.TITLE_MAX)
    words = WordsField(Profile.POST, label=_("What is it for?"), required=False, rows=4)
    place = SeenByField(
        Place.objects.none(), label=_("Who sees it?"), required=False, empty_label=_("Only who curates it")
    )
    is_communitys = forms.BooleanField(
        label=_("It belongs to the community: its facilitators curate it, too"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def __init__(self, *args, person, may_share=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.guided = set(Community.objects.guided_by(person).values_list("pk", flat=True))
        seen = Place.objects.visible_to(person).commons().with_communities()
        self.fields["place"].queryset = seen  # type: ignore[attr-defined]
        if not may_share:
            del self.fields["place"]
        if not may_share or not self.guided:
            del self.fields["is_communitys"]

    def clean(self):
        super().clean()
        place = self.cleaned_data.get("place")
        if self.cleaned_data.get("is_communitys") and (place is None or place.community_id not in self.guided):
            self.add_error("is_communitys", _("Choose a community that you facilitate, above."))
        return self.cleaned_data

    @property
    def shared(self):
        """Who sees it, where that was asked."""
        return {name: self.cleaned_data[name] for name in ("place", "is_communitys") if name in self.fields}


class CollectForm(forms.Form):
    """Into which collection of `person`'s something goes, and what there is to say about it."""

    collection = forms.ModelChoiceField(
        Collection.objects.none(), label=_("Into which collection?"), required=False, empty_label=_("A new one")
    )
    title = LineField(label=_("What is the new one called?"), max_length=Collection.TITLE_MAX, required=False)
    words = WordsField(Profile.NOTE, label=_("Words about it"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Collection.objects.curated_by(person).without_texts().newest_first()
        self.fields["collection"].queryset = mine  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial.setdefault("collection", mine.first())

    def clean(self):
        super().clean()
        if not self.errors and not self.cleaned_data["collection"] and not self.cleaned_data["title"]:
            self.add_error("title", _("Choose a collection, or say what a new one is called."))
        return self.cleaned_data


class ItemForm(forms.Form):
    words = WordsField(Profile.NOTE, label=_("Words about it"), required=False, rows=4)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CuratorForm(forms.Form):
    handle = forms.CharField(label=_("Whom do you ask? Their handle"), max_length=31)

    def clean_handle(self):
        return self.cleaned_data["handle"].strip().removeprefix("@").lower()
