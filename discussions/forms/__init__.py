"""What people fill in to talk: posts, conversations, prompts and topics, drafts."""

from .anchor import Anchor, anchor_of, post_id, signed
from .caring import DecisionForm, FlagForm
from .distilling import RestoreForm, SummaryForm
from .draft import DraftForm
from .posing import PromptForm, TermsForm, TopicForm
from .shaping import MergeForm, SplitForm
from .talking import EditPostForm, PreviewForm, ReplyForm, ThreadForm

__all__ = [
    "Anchor",
    "DecisionForm",
    "DraftForm",
    "EditPostForm",
    "FlagForm",
    "MergeForm",
    "PreviewForm",
    "PromptForm",
    "ReplyForm",
    "RestoreForm",
    "SplitForm",
    "SummaryForm",
    "TermsForm",
    "ThreadForm",
    "TopicForm",
    "anchor_of",
    "post_id",
    "signed",
]
