"""Proving a document: that its logs are what was written, and that they say what was kept of them."""

from collections.abc import Iterator
from dataclasses import replace

from proposals.editing import log, scribe
from proposals.editing.domain.canonical import Origin, canonical, sha256
from proposals.editing.domain.content import Content
from proposals.editing.domain.merging import Unmergeable, merge
from proposals.editing.domain.seals import Log, fault
from proposals.editing.models import Epoch, FrozenVersion, Quarantine, Rendering
from proposals.editing.selectors import roots_of
from proposals.portfolio.models import Document

UNREADABLE = "The scribe cannot read it."


def faults_of(document: Document) -> Iterator[str]:
    """Each thing that is not as it was written, in a sentence; nothing if all is well."""
    for epoch in Epoch.objects.filter(document=document).order_by("number"):
        stored = log.stored(epoch.pk)
        for found in _faults(document, epoch, stored):
            yield f"Epoch {epoch.number}: {found}"


def _faults(document: Document, epoch: Epoch, stored: Log) -> Iterator[str]:
    if broken := fault(stored):
        yield broken
    stored = _readable(epoch, stored)
    for version in FrozenVersion.objects.filter(epoch=epoch).order_by("number"):
        if sha256(version.canonical) != version.sha256:
            yield f"Version {version.number} has been changed: its text no longer has its hash."
        elif not _says(document, stored, version):
            yield f"Version {version.number} does not say what the log says at row {version.seq}."
    yield from _reading_faults(document, epoch, stored)


def _readable(epoch: Epoch, stored: Log) -> Log:
    """Without what was set aside: that is whole, too, but nobody can read it."""
    held = list(Quarantine.objects.filter(epoch=epoch, ended_at=None))
    base = stored.base if stored.base and not any(each.holds(stored.base.upto) for each in held) else None
    rows = [row for row in stored.rows if not any(each.holds(row.seq) for each in held)]
    return replace(stored, base=base, rows=rows)


def _reading_faults(document: Document, epoch: Epoch, stored: Log) -> Iterator[str]:
    """Row by row and folded into one it says the same, and the same as the page last showed."""
    try:
        said = _said(document, stored, stored.head)
        folded = scribe.read(merge(_updates(stored, stored.head)), roots_of(document.template))
    except (scribe.ScribeFailed, Unmergeable):
        yield UNREADABLE
        return
    if folded != said:
        yield "Row by row it does not say what it says folded into one."
    shown = Rendering.objects.filter(epoch=epoch, seq=stored.head).first()
    if shown is not None and Content.from_json(shown.content) != said:
        yield f"What pages show of row {stored.head} is not what the log says."


def _says(document: Document, stored: Log, version: FrozenVersion) -> bool:
    """Does a version say what the log said then? Where rows beyond it were folded nobody can tell."""
    if stored.base is not None and stored.base.upto > version.seq:
        return True
    try:
        said = _said(document, stored, version.seq)
    except scribe.ScribeFailed:
        return True  # is told about the whole log anyway
    return canonical(said, _origin(document, version)) == version.canonical


def _said(document: Document, stored: Log, seq: int) -> Content:
    return scribe.replay(_updates(stored, seq), roots_of(document.template))


def _updates(stored: Log, seq: int) -> list[bytes]:
    folded = [stored.base.data] if stored.base is not None else []
    return [*folded, *(row.data for row in stored.rows if row.seq <= seq)]


def _origin(document: Document, version: FrozenVersion) -> Origin:
    return Origin(document.proposal.reference, document.stage, version.template.version)
