"""Pages of a document: writing and reading it, and the versions kept of it."""

from proposals.editing.views.document import editor, text, text_markdown
from proposals.editing.views.restoration import restoration
from proposals.editing.views.versions import redline, versions

__all__ = ["editor", "redline", "restoration", "text", "text_markdown", "versions"]
