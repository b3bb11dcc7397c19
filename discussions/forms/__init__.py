"""What people fill in to talk: posts, conversations, prompts and topics, drafts."""

from .anchor import Anchor, anchor_of, post_id, signed
from .caring import DecisionForm, FlagForm
from .carrying import ConsentForm
from .distilling import RestoreForm, SummaryForm
from .draft import DraftForm
from .posing import AnnouncementForm, LibraryForm, PromptForm, TermsForm
from .rota import SeatForm, SwapForm
from .series import ProposalForm, SeriesForm
from .shaping import MergeForm, SplitForm
from .talking import EditPostForm, PreviewForm, ReplyForm, ThreadForm
from .tending import TendingForm
from .topics import EditTopicForm, TopicForm

__all__ = [
    "Anchor",
    "AnnouncementForm",
    "ConsentForm",
    "DecisionForm",
    "DraftForm",
    "EditPostForm",
    "EditTopicForm",
    "FlagForm",
    "LibraryForm",
    "MergeForm",
    "PreviewForm",
    "PromptForm",
    "ProposalForm",
    "ReplyForm",
    "RestoreForm",
    "SeatForm",
    "SeriesForm",
    "SplitForm",
    "SummaryForm",
    "SwapForm",
    "TendingForm",
    "TermsForm",
    "ThreadForm",
    "TopicForm",
    "anchor_of",
    "post_id",
    "signed",
]
