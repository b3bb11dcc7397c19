from django.utils.translation import gettext as _

from ..models import Resource


def name_talk(resource: Resource) -> None:
    """Let the place where a resource is talked about be called as it is; what is on no shelf has no name there."""
    title = resource.name if resource.stands else _("Something that was taken back")
    if resource.talk.title != title:
        resource.talk.title = title
        resource.talk.save(update_fields=["title"])
