"""JSON about documents and the versions kept of them."""

from proposals.editing.api.documents import DocumentTextView, DocumentView
from proposals.editing.api.versions import VersionsView, VersionView

__all__ = ["DocumentTextView", "DocumentView", "VersionView", "VersionsView"]
