"""What people find useful, and what words they find it by."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from community.models import Community

from ..models import Resource, Tag, Useful


@transaction.atomic
def find_useful(*, person: User, resource: Resource) -> bool:
    """Say that `person` found it useful; counted on the resource. Says whether that is new."""
    _row, made = Useful.objects.get_or_create(resource=resource, person=person)
    if made:
        Resource.objects.filter(pk=resource.pk).update(useful_count=F("useful_count") + 1)
    return made


@transaction.atomic
def take_useful_back(*, person: User, resource: Resource) -> bool:
    """Undo that. Says whether there was anything to undo."""
    taken, _rows = resource.found_useful.by(person).delete()
    if taken:
        Resource.objects.filter(pk=resource.pk).update(useful_count=F("useful_count") - 1)
    return bool(taken)


@transaction.atomic
def rename_tag(tag: Tag, name: str) -> Tag:
    """Call `tag` by another name in its community, and nowhere else. Where the community has a tag of that name
    already, both become that one, which is returned. Locks the community row, as sharing does."""
    Community.objects.select_for_update(no_key=True).get(pk=tag.community_id)
    other = Tag.objects.of(tag.community_id).named(name).exclude(pk=tag.pk).first()
    if other is None:
        tag.name = name
        tag.save(update_fields=["name"])
        return tag
    there = other.taggings.values("content_object")
    tag.taggings.exclude(content_object__in=there).update(tag=other)
    tag.delete()
    return other


def drop_tag(tag: Tag) -> None:
    """Take `tag` from everything in its community."""
    tag.delete()


def tag_resource(resource: Resource, names: list[str], *, all_of_them: bool) -> None:
    """Let `resource` have the tags `names`, no others if these are `all_of_them`. The caller holds the community's
    lock. What nothing has any more is gone."""
    community = resource.place.community
    if all_of_them:
        resource.tags.set(names, tag_kwargs={"community": community})
        Tag.objects.of(community).unused().delete()
    else:
        resource.tags.add(*names, tag_kwargs={"community": community})
