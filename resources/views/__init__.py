from .found import crumbs, visible_resource
from .shelf import RESOURCES_A_PAGE, shelf

__all__ = ["RESOURCES_A_PAGE", "crumbs", "shelf", "visible_resource"]
