"""What is done to a document as a whole: opened, closed for good, opened again, taken away."""

from proposals.editing.services.exporting import export
from proposals.editing.services.freezing import PATIENCE, Unfreezable, freeze, resume, settle, shut
from proposals.editing.services.keeping import Unreadable
from proposals.editing.services.leaving import NothingHeld, leave_out
from proposals.editing.services.naming import TITLE_LENGTH, Untitled, name_version
from proposals.editing.services.opening import AlreadyBegun, DocumentClosed, open_epoch, seed_content
from proposals.editing.services.proving import faults_of
from proposals.editing.services.restoring import Unrestorable, restore
from proposals.editing.services.thawing import StillOpen, thaw

__all__ = [
    "PATIENCE",
    "TITLE_LENGTH",
    "AlreadyBegun",
    "DocumentClosed",
    "NothingHeld",
    "StillOpen",
    "Unfreezable",
    "Unreadable",
    "Unrestorable",
    "Untitled",
    "export",
    "faults_of",
    "freeze",
    "leave_out",
    "name_version",
    "open_epoch",
    "restore",
    "resume",
    "seed_content",
    "settle",
    "shut",
    "thaw",
]
