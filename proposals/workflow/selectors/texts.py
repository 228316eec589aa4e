"""The text of a proposal's current stage, as the gates look at it: each section's words and their hash."""

from dataclasses import dataclass

from proposals.editing.domain.canonical import Origin, canonical, section_canonical, sha256
from proposals.editing.domain.content import Content
from proposals.editing.selectors import reading_of
from proposals.portfolio.models import Document, Proposal, Section


@dataclass(frozen=True, slots=True)
class Text:
    """What is written now, and what it is called."""

    document: Document
    sections: list[Section]
    content: Content
    seq: int
    readable: bool
    sha256: str

    def canonical_of(self, section: str) -> str:
        return section_canonical(self.content, section)

    def hash_of(self, section: str) -> str:
        return sha256(self.canonical_of(section))

    @property
    def keys(self) -> list[str]:
        return [section.key for section in self.sections]


def text_of(proposal: Proposal) -> Text | None:
    """The current stage's text; None at a stage that has none."""
    document = (
        Document.objects.select_related("template").filter(proposal=proposal, stage=proposal.stage).first()
    )
    if document is None:
        return None
    document.proposal = proposal
    sections = list(document.template.sections.order_by("order"))
    reading = reading_of(document)
    origin = Origin(proposal.reference, document.stage, document.template.version)
    said = sha256(canonical(reading.content, origin))
    return Text(document, sections, reading.content, reading.seq, not reading.note, said)
