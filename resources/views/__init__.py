from .found import crumbs, visible_resource
from .preview import preview, preview_picture
from .shelf import RESOURCES_A_PAGE, shelf

__all__ = ["RESOURCES_A_PAGE", "crumbs", "preview", "preview_picture", "shelf", "visible_resource"]
