from .collecting import CollectForm, CollectionForm, CuratorForm, ItemForm
from .sharing import EditForm, LineField, ShareAnywhereForm, ShareForm, TagForm, is_address, line_of

__all__ = [
    "CollectForm",
    "CollectionForm",
    "CuratorForm",
    "EditForm",
    "ItemForm",
    "LineField",
    "ShareAnywhereForm",
    "ShareForm",
    "TagForm",
    "is_address",
    "line_of",
]
