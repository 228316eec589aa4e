"""The sections of the current text with their two keys, and what has changed since a key was turned."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from proposals.editing.domain.canonical import section_content_in
from proposals.editing.domain.redline import Changes, redline
from proposals.editing.models import Update
from proposals.portfolio.models import Proposal
from proposals.workflow.domain.facts import Facts, SectionFacts
from proposals.workflow.models import Confirmation
from proposals.workflow.selectors.facts import facts_of
from proposals.workflow.selectors.texts import Text, text_of
from workspaces.domain.pairing import PAIR_SIDES, Side
from workspaces.selectors import as_halves


@dataclass(frozen=True, slots=True)
class Key:
    """One half's confirmation of a section: turned, lapsed, or not turned yet."""

    side: Side
    name: str
    needed: bool
    state: str  # "confirmed", "lapsed" or "open"
    at: datetime | None = None
    # Whose side has written in this text since, where it has lapsed.
    written_by: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section, what it lacks and its two keys."""

    section: SectionFacts
    keys: tuple[Key, ...]


def confirmations_of(
    proposal: Proposal, text: Text | None = None, facts: Facts | None = None
) -> list[SectionState]:
    """Every section of the current text, in its order; nothing at a stage without one."""
    text = text or text_of(proposal)
    if text is None:
        return []
    facts = facts or facts_of(proposal, text)
    newest = _newest(proposal, text)
    written = _written_since(proposal, newest.values())
    return [
        SectionState(
            section,
            tuple(_key(side, section, facts=facts, newest=newest, written=written) for side in PAIR_SIDES),
        )
        for section in facts.sections
    ]


def changes_since(
    proposal: Proposal, section: str, side: Side, *, text: Text | None = None
) -> Changes | None:
    """The words that have changed since this half last confirmed the section; None if it never has."""
    text = text or text_of(proposal)
    last = _newest(proposal, text).get((section, side)) if text else None
    part = next((part for part in text.sections if part.key == section), None) if text else None
    if text is None or last is None or part is None:
        return None
    return redline([part], section_content_in(last.copy.canonical), text.content)[0]


def _newest(proposal: Proposal, text: Text) -> dict[tuple[str, Side], Confirmation]:
    halves = as_halves(proposal.pair)
    people = [half.person for side in PAIR_SIDES if (half := halves.half(side))]
    found = Confirmation.objects.filter(document=text.document, by__in=people).select_related("copy")
    return {(each.section, Side(each.side)): each for each in found.order_by("at", "pk")}


def _key(
    side: Side,
    section: SectionFacts,
    *,
    facts: Facts,
    newest: dict[tuple[str, Side], Confirmation],
    written: dict[int, tuple[Side, ...]],
) -> Key:
    last = newest.get((section.key, side))
    state = "confirmed" if side in section.confirmed else "lapsed" if side in section.lapsed else "open"
    return Key(
        side=side,
        name=facts.name(side),
        needed=side in section.needs,
        state=state,
        at=last.at if last else None,
        written_by=written.get(last.pk, ()) if last and state == "lapsed" else (),
    )


def _written_since(proposal: Proposal, marks: Collection[Confirmation]) -> dict[int, tuple[Side, ...]]:
    """For each confirmation: which sides have written in the text after it. Never people, never how much."""
    if not marks:
        return {}
    halves = as_halves(proposal.pair)
    first = min(marks, key=lambda mark: mark.at)
    rows = Update.objects.filter(epoch__document=first.document_id, at__gt=first.at, by__isnull=False)
    newest: dict[Side, datetime] = {}
    for by, at in rows.values_list("by").annotate(newest=Max("at")).order_by():
        side = halves.side_of(by) or Side.OTHER
        newest[side] = max(at, newest.get(side, at))
    return {mark.pk: tuple(side for side in Side if newest.get(side, mark.at) > mark.at) for mark in marks}
