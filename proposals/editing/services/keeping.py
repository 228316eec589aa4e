"""Writing down what a document says, once and for good."""

from django.db.models import Max

from proposals.editing import log, quarantine, scribe
from proposals.editing.domain.canonical import Origin, canonical, sha256
from proposals.editing.domain.content import Content
from proposals.editing.domain.merging import Unmergeable
from proposals.editing.domain.paragraphs import paragraphs
from proposals.editing.domain.whole import whole
from proposals.editing.models import Epoch, FrozenVersion
from proposals.editing.selectors import roots_of
from proposals.portfolio.models import Document
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person


class Unreadable(RefusedError):
    """The scribe could not read the text; the message is for people."""


def said_now(document: Document, epoch: Epoch) -> tuple[Content, int]:
    """What the document says, and the seq of the last row in it. Never an older reading in its place."""
    if quarantine.is_held(epoch.pk):
        raise Unreadable(quarantine.HELD)
    try:
        merged, seq = log.merged(epoch.pk)
        return scribe.read(merged, roots_of(document.template)), seq
    except (scribe.ScribeFailed, Unmergeable) as trouble:
        raise Unreadable("This text could not be read just now. Please try again in a minute.") from trouble


def keep(  # noqa: PLR0913 - the facts of one row
    document: Document,
    epoch: Epoch,
    content: Content,
    *,
    seq: int,
    by: Person | None,
    closes: bool = False,
    title: str = "",
) -> FrozenVersion:
    """The next version of the document. Whoever calls holds the lock on the document's row."""
    sections = list(document.template.sections.order_by("order"))
    template = document.template
    origin = Origin(document.proposal.reference, document.stage, template.version)
    said = canonical(content, origin)
    newest = FrozenVersion.objects.filter(document=document).aggregate(newest=Max("number"))["newest"]
    return FrozenVersion.objects.create(
        document=document,
        number=(newest or 0) + 1,
        epoch=epoch,
        seq=seq,
        closes=closes,
        title=title,
        template=template,
        canonical=said,
        sha256=sha256(said),
        markdown=whole(document.proposal.title, sections, content),
        paragraphs=[each.as_json() for each in paragraphs(sections, content)],
        made_by=by,
    )
