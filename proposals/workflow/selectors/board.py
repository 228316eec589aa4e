"""Reads for the board and the proposal page: what waits for me, what else there is, what has happened."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from proposals.comments.selectors import unread_of
from proposals.editing.models import Update
from proposals.portfolio.access import open_deputies, visible_proposals
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.models import Proposal, Supporter
from proposals.workflow.domain.history import sentence
from proposals.workflow.domain.turns import Turn, turn
from workspaces.models import AuditEntry, Membership, Person
from workspaces.selectors import as_halves

PAGE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal on the board."""

    proposal: Proposal
    turn: Turn
    group: str
    changed_at: datetime
    comments: int = 0  # threads in which something is new for the reader


@dataclass(frozen=True, slots=True)
class Board:
    """What waits for the reader first, then a page of the rest; while searching, a page of what was found."""

    waiting: list[Row]
    rows: list[Row]
    page: Page[Proposal]
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a proposal's history."""

    what: str
    when: datetime


def board_of(person: Person, *, words: str = "", page: int | str = 1) -> Board:
    """The board as this person sees it."""
    everything = _with_last_change(visible_proposals(person))
    waiting = [] if words else _waiting_for(person, everything)
    rest = (
        matching(everything, words) if words else everything.exclude(pk__in=[r.proposal.pk for r in waiting])
    )
    shown = Paginator(_by_stage(rest), PAGE_LENGTH).get_page(page)
    rows = [_row(proposal, person) for proposal in shown]
    new = unread_of(person, [row.proposal for row in [*waiting, *rows]])
    waiting, rows = (
        [replace(row, comments=new.get(row.proposal.pk, 0)) for row in part] for part in (waiting, rows)
    )
    return Board(waiting, rows, shown, words)


def _waiting_for(person: Person, proposals: QuerySet[Proposal]) -> list[Row]:
    """Proposals in which the person has a part and something to do now, the newest change first."""
    part = _part_of(person)
    mine = proposals.filter(withdrawn_at=None).exclude(stage=Stage.CLOSED).filter(part)
    rows = [_row(proposal, person, writes=True) for proposal in mine.order_by(F("last_change").desc(), "-pk")]
    # A request to write together comes before what one is writing already.
    due = [row for row in rows if row.turn.is_mine]
    return sorted(due, key=lambda row: row.proposal.pair.stands)[:PAGE_LENGTH]


def _part_of(person: Person) -> Q:
    """Half of the pair, deputy today, or patient partner."""
    mine = Membership.objects.filter(person=person, ended_at=None)
    deputies = open_deputies(timezone.localdate()).filter(pair=OuterRef("pair"), membership__in=mine)
    partners = Supporter.objects.filter(
        proposal=OuterRef("pk"), membership__in=mine, role=Supporter.PATIENT_PARTNER
    )
    halves = Q(pair__clinician__in=mine) | Q(pair__manager__in=mine)
    return halves | Q(Exists(deputies)) | Q(Exists(partners))


def matching(proposals: QuerySet[Proposal], words: str) -> QuerySet[Proposal]:
    """Each word must stand in the title or the reference."""
    for word in words.split():
        proposals = proposals.filter(Q(title__icontains=word) | Q(reference__icontains=word))
    return proposals


def _with_last_change(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """When the proposal or its text last changed; of whom, nobody learns here."""
    newest = Update.objects.filter(epoch__document__proposal=OuterRef("pk"), seq=F("epoch__head")).order_by(
        "-at"
    )
    written = Coalesce(Subquery(newest.values("at")[:1]), F("changed_at"), output_field=DateTimeField())
    return proposals.annotate(last_change=Greatest(F("changed_at"), written))


def _by_stage(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """In the order of the pathway, withdrawn ones last; the newest change first in each stage."""
    places = [When(stage=stage.value, then=Value(place)) for place, stage in enumerate(Stage)]
    order = Case(When(withdrawn_at__isnull=False, then=Value(99)), *places, output_field=IntegerField())
    return proposals.annotate(place=order).order_by("place", F("last_change").desc(), "-pk")


def _row(proposal: Proposal, person: Person, *, writes: bool = False) -> Row:
    withdrawn = proposal.withdrawn_at is not None
    found = turn(as_halves(proposal.pair), reader=person.pk, withdrawn=withdrawn, writes=writes)
    group = "Withdrawn" if withdrawn else Stage(proposal.stage).label
    return Row(proposal, found, group, getattr(proposal, "last_change", proposal.changed_at))


def history_of(proposal: Proposal, *, reader_is_half: bool) -> list[Entry]:
    """What people did with the proposal and its pairs, newest first."""
    own = AuditEntry.objects.filter(target=f"proposal:{proposal.pk}")
    pairs = {entry.facts["pair"] for entry in own if "pair" in entry.facts} | {proposal.pair_id}
    entries = (
        AuditEntry.objects.filter(
            Q(target__in=[f"proposal:{proposal.pk}", *(f"pair:{pk}" for pk in pairs)])
            | Q(target__startswith="deputy:", facts__pair__in=list(pairs))
        )
        .select_related("by")
        .order_by("-at", "-pk")
    )
    return list(_told(list(entries), reader_is_half=reader_is_half))


def _told(entries: list[AuditEntry], *, reader_is_half: bool) -> Iterable[Entry]:
    named = Membership.objects.select_related("person").in_bulk(
        {entry.facts["membership"] for entry in entries if "membership" in entry.facts}
    )
    for entry in entries:
        membership = named.get(entry.facts.get("membership"))
        facts = {**entry.facts, "name": membership.person.name if membership else ""}
        who = entry.by.name if entry.by else "coprod"
        if what := sentence(entry.verb, who, facts, reader_is_half=reader_is_half):
            yield Entry(what, entry.at)
