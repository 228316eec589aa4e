"""What is done to a document as a whole: opened, closed for good, opened again."""

from proposals.editing.services.freezing import Unfreezable, freeze
from proposals.editing.services.opening import AlreadyBegun, DocumentClosed, open_epoch, seed_content
from proposals.editing.services.thawing import StillOpen, thaw

__all__ = [
    "AlreadyBegun",
    "DocumentClosed",
    "StillOpen",
    "Unfreezable",
    "freeze",
    "open_epoch",
    "seed_content",
    "thaw",
]
