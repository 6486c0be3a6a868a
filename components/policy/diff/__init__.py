"""What changed between two versions of a policy, as a person would tell it."""

from .as_json import as_json
from .document_changes import (
    ClauseChange,
    DocumentDiff,
    LinkChange,
    Mark,
    PieceChange,
    Place,
    Replacement,
)
from .documents import DiffDoesNotFit, apply, diff_documents, invert
from .pack_changes import (
    AskAgain,
    EntryChange,
    EntryKind,
    EntryMark,
    FieldChange,
    MaterialKind,
    PackDiff,
    Reason,
    Standing,
    Touch,
    Verdict,
)
from .packs import diff_packs, purposes_to_ask_again
from .rendering import as_markdown, as_text
from .telling_packs import reason_in_words
from .wording import CHINESE, ENGLISH, DiffWording
from .words import Change, WordRun, WordRuns, new_words, old_words

__all__ = [
    "CHINESE",
    "ENGLISH",
    "AskAgain",
    "Change",
    "ClauseChange",
    "DiffDoesNotFit",
    "DiffWording",
    "DocumentDiff",
    "EntryChange",
    "EntryKind",
    "EntryMark",
    "FieldChange",
    "LinkChange",
    "Mark",
    "MaterialKind",
    "PackDiff",
    "PieceChange",
    "Place",
    "Reason",
    "Replacement",
    "Standing",
    "Touch",
    "Verdict",
    "WordRun",
    "WordRuns",
    "apply",
    "as_json",
    "as_markdown",
    "as_text",
    "diff_documents",
    "diff_packs",
    "invert",
    "new_words",
    "old_words",
    "purposes_to_ask_again",
    "reason_in_words",
]
