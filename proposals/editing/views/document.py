"""The editor, the text to read and print, and the text to take away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from proposals.editing import quarantine, rendering, scribe, selectors, services
from proposals.editing.domain.answers import Answer, Row, answers, rows, words
from proposals.editing.domain.content import Content
from proposals.editing.domain.drawings import Branch, by_day, sentences, tree
from proposals.editing.domain.gaps import gaps
from proposals.editing.domain.stacking import Record, is_wide, record
from proposals.editing.domain.whole import whole
from proposals.editing.models import Epoch
from proposals.portfolio.access import document_abilities_for, why_closed
from proposals.portfolio.domain.abilities import Ability, Grant
from proposals.portfolio.domain.aim import aim_sentence
from proposals.portfolio.models import Document, Section
from workspaces.models import Person
from workspaces.selectors import membership_of

SCHEMA = 1
AIM = "aim"
CLOSED = "This text is complete and can be read, not changed."
UNOPENED = "This text could not be opened for writing just now. Please load the page again in a minute."


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section as a page shows it."""

    section: Section
    markdown: str
    html: SafeString
    fields: tuple[Answer, ...]
    columns: tuple[Answer, ...]
    rows: tuple[Row, ...]
    # The sentence of the aim, which is also the root of a tree.
    aim_sentence: str
    # What is still missing or cannot be used, in sentences.
    gaps: list[str]
    # The route of the proposal does not need it; one that may stay empty on any route is no such part.
    spared: bool = False

    @property
    def left_out(self) -> bool:
        """Neither asked for on this route nor written: pages to read name it and no more."""
        return self.spared and self.is_empty

    @property
    def stacked(self) -> list[Record]:
        """The rows one below the other, where side by side their columns would be too narrow to read."""
        return [record(row) for row in self.rows] if is_wide(self.section.columns) else []

    @property
    def aim(self) -> str:
        return self.aim_sentence if self.section.key == AIM else ""

    @property
    def tree(self) -> list[Branch]:
        """The rows as a tree, where the template draws one."""
        return tree(self.rows) if self.section.drawing == "tree" else []

    @property
    def sentences(self) -> list[str]:
        return sentences(self.rows) if self.section.drawing == "sentences" else []

    @property
    def days(self) -> list[tuple[str, str]]:
        return by_day(self.rows) if self.section.drawing == "days" else []

    @property
    def is_empty(self) -> bool:
        return not (self.markdown or self.rows or any(answer.value for answer in self.fields))

    @property
    def words(self) -> int:
        return words(self.markdown)

    @property
    def length(self) -> str:
        """How long the prose is beside what the template allows."""
        limit = self.section.word_limit
        if not limit:
            return f"{self.words} words"
        over = self.words - limit
        return f"{self.words} of {limit} words" + (f", {over} too many" if over > 0 else "")

    @property
    def summary(self) -> dict[str, object]:
        """The single answers, for the NHS summary list."""
        given = [answer for answer in self.fields if answer.value.strip()]
        rows = [{"key": {"text": answer.label}, "value": {"text": answer.shown}} for answer in given]
        return {"rows": rows, "noBorder": False}

    @property
    def table(self) -> dict[str, object]:
        """The rows, for the NHS table, which on a phone repeats the heading in every cell."""
        head = [{"text": column.label} for column in self.columns]
        cells = [[{"header": one.label, "text": one.shown} for one in row.cells] for row in self.rows]
        caption = {"text": self.section.title, "classes": "nhsuk-u-visually-hidden"}
        return {
            "caption": caption,
            "head": head,
            "rows": cells,
            "responsive": True,
            "firstCellIsHeader": True,
        }


@require_safe
def editor(request: HttpRequest, reference: str, stage: str) -> HttpResponse:
    """The page on which a document is written; without script it shows the text as last saved."""
    person = cast(Person, request.user)
    document = selectors.stage_document_for(person, reference, stage)
    abilities = document_abilities_for(person, document)
    epoch, trouble = _opened(document)
    edit = Grant(allowed=False, reason=trouble) if trouble else abilities[Ability.EDIT]
    return render(
        request,
        "editing/editor.html",
        {
            **_reading_context(document),
            "epoch": epoch,
            "abilities": abilities,
            "can_edit": edit.allowed,
            "reason": edit.reason,
            "closed_as": selectors.closing_version(epoch),
            "why_closed": why_closed(document) or CLOSED,
            "socket_path": f"/ws/documents/{epoch.pk}" if epoch else "",
            "you": _you(person, document),
            "schema": SCHEMA,
        },
    )


@require_safe
def text(request: HttpRequest, reference: str, stage: str) -> HttpResponse:
    """The text to read and to print."""
    person = cast(Person, request.user)
    document = selectors.stage_document_for(person, reference, stage)
    edit = document_abilities_for(person, document)[Ability.EDIT]
    return render(request, "editing/text.html", {**_reading_context(document), "can_edit": edit.allowed})


@require_safe
def text_markdown(request: HttpRequest, reference: str, stage: str) -> HttpResponse:
    """The text as a Markdown file."""
    person = cast(Person, request.user)
    document = selectors.stage_document_for(person, reference, stage)
    name = f"{document.proposal.reference}-{document.stage.replace('_', '-')}.md".lower()
    source = whole(document.proposal.title, _sections(document), selectors.content_of(document))
    services.export(document, "markdown", by=person)
    return HttpResponse(
        source,
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _opened(document: Document) -> tuple[Epoch | None, str]:
    """The epoch to show, and why it cannot be written in, if so."""
    try:
        epoch = services.open_epoch(document)
        return epoch, quarantine.HELD if quarantine.is_held(epoch.pk) else ""
    except services.DocumentClosed:
        return selectors.newest_epoch(document), CLOSED
    except scribe.ScribeFailed:
        return None, UNOPENED


def _reading_context(document: Document) -> dict[str, object]:
    reading = selectors.reading_of(document)
    pages = section_pages(_sections(document), reading.content, document.proposal.route)
    return {
        "proposal": document.proposal,
        "document": document,
        "sections": pages,
        "left_out": left_out(pages),
        "words": sum(page.words for page in pages),
        "saved_at": reading.saved_at,
        "note": reading.note,
    }


def left_out(pages: Iterable[SectionPage]) -> list[str]:
    """What the route spares the pair and nothing is written in, by name."""
    return [page.section.title for page in pages if page.left_out]


def section_pages(sections: Iterable[Section], content: Content, route: str = "") -> list[SectionPage]:
    """A content as a page shows it, section by section."""
    return [_section_page(section, content, route) for section in sections]


def _section_page(section: Section, content: Content, route: str) -> SectionPage:
    source = content.texts.get(section.key, "")
    values = content.forms.get(section.key, {})
    return SectionPage(
        section=section,
        markdown=source,
        html=rendering.shown(source),
        fields=answers(section.fields, values),
        columns=answers(section.columns, {}),
        rows=rows(section.columns, content.registers.get(section.key, [])),
        gaps=gaps(section, content, route),
        aim_sentence=aim_sentence(content.forms.get(AIM, {})),
        spared=bool(route) and section.required and route not in section.routes,
    )


def _sections(document: Document) -> list[Section]:
    return list(document.template.sections.order_by("order"))


def _you(person: Person, document: Document) -> dict[str, object]:
    membership = membership_of(person, document.proposal.workspace)
    return {"id": person.pk, "name": person.name, "side": membership.side if membership else "other"}
