"""JSON about documents and the versions kept of them."""

from proposals.editing.api.checks import SectionCheckView
from proposals.editing.api.documents import DocumentGapsView, DocumentTextView, DocumentView
from proposals.editing.api.versions import VersionsView, VersionView

__all__ = [
    "DocumentGapsView",
    "DocumentTextView",
    "DocumentView",
    "SectionCheckView",
    "VersionView",
    "VersionsView",
]
