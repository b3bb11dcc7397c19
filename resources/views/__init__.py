from .changing import edit_resource, remove_resource, remove_sharing, restore_resource, restore_sharing
from .found import crumbs, visible_resource
from .preview import preview, preview_picture
from .sharing import share_anywhere
from .shelf import RESOURCES_A_PAGE, community_shelf, shelf
from .tags import community_tags, edit_tag, remove_tag, tags
from .useful import useful

__all__ = [
    "RESOURCES_A_PAGE",
    "community_shelf",
    "community_tags",
    "crumbs",
    "edit_resource",
    "edit_tag",
    "preview",
    "preview_picture",
    "remove_resource",
    "remove_sharing",
    "remove_tag",
    "restore_resource",
    "restore_sharing",
    "share_anywhere",
    "shelf",
    "tags",
    "useful",
    "visible_resource",
]
