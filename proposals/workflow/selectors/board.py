"""Reads for the board and the proposal page: what waits for me, what else there is, what has happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    DateTimeField,
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
from proposals.portfolio.access import visible_proposals
from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.workflow.domain.history import SILENT, sentence, told_by
from proposals.workflow.domain.turns import Turn, turn
from proposals.workflow.domain.waits import Point, wait
from proposals.workflow.selectors.dues import due_to
from proposals.workflow.selectors.points import points_of
from workspaces.models import AuditEntry, Deputy, Membership, Person
from workspaces.selectors import as_halves

PAGE_LENGTH = 20
WITHDRAWN = "withdrawn"
LABELS = {stage.value: stage.label for stage in Stage} | {WITHDRAWN: "Withdrawn"}


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal on the board."""

    proposal: Proposal
    turn: Turn
    group: str
    changed_at: datetime
    comments: int = 0  # threads in which something is new for the reader


@dataclass(frozen=True, slots=True)
class Shelf:
    """A stage as the board offers it, with how many proposals stand there; withdrawn ones are a shelf too."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """What waits for the reader first, then a page of the rest; while searching, a page of what was found."""

    waiting: list[Row]
    rows: list[Row]
    page: Page[Proposal]
    words: str
    shelves: list[Shelf]
    shelf: Shelf | None  # the one that was asked for


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a proposal's history."""

    what: str
    when: datetime

    @property
    def day(self) -> date:
        return timezone.localdate(self.when)


def board_of(person: Person, *, words: str = "", stage: str = "", page: int | str = 1) -> Board:
    """The board as this person sees it; of one stage, if asked for."""
    seen = visible_proposals(person)
    shelves = [] if words else shelves_of(seen)
    shelf = next((each for each in shelves if each.key == stage), None)
    everything = _with_last_change(seen)
    waiting = [] if words or shelf else _waiting_for(person)
    if shelf:
        everything = everything.filter(_on(shelf.key))
    rest = matching(everything, words) if words else everything.exclude(pk__in=[each.pk for each in waiting])
    shown = Paginator(_by_stage(rest), PAGE_LENGTH).get_page(page)
    told = [*waiting, *shown]
    points, new = points_of(told, person), unread_of(person, told)
    first, rows = (
        [_row(each, person, points[each.pk], mine=mine, comments=new.get(each.pk, 0)) for each in part]
        for part, mine in ((waiting, True), (shown, False))
    )
    return Board(first, rows, shown, words, shelves, shelf)


def shelves_of(proposals: QuerySet[Proposal]) -> list[Shelf]:
    """Every stage with how many of these stand there, in the order of the pathway; one query."""
    gone = Count("pk", filter=_on(WITHDRAWN))
    counts = {stage.value: Count("pk", filter=_on(stage.value)) for stage in Stage}
    found = proposals.order_by().aggregate(**counts, **{WITHDRAWN: gone})
    return [Shelf(key, label, found[key]) for key, label in LABELS.items()]


def _on(shelf: str) -> Q:
    gone = Q(withdrawn_at__isnull=False) | Q(status=Status.WITHDRAWN)
    return gone if shelf == WITHDRAWN else Q(stage=shelf) & ~gone


def _waiting_for(person: Person) -> list[Proposal]:
    """What waits for the person now: asked to write together first, then the newest change."""
    found = _with_last_change(due_to(person)).order_by(F("last_change").desc(), "-pk")[:PAGE_LENGTH]
    return sorted(found, key=lambda proposal: proposal.pair.stands)


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


def _row(proposal: Proposal, person: Person, point: Point, *, mine: bool, comments: int) -> Row:
    gone = proposal.withdrawn_at is not None or proposal.status == Status.WITHDRAWN
    group = LABELS[WITHDRAWN if gone else proposal.stage]
    changed_at = getattr(proposal, "last_change", proposal.changed_at)
    return Row(proposal, turn_of(proposal, person, point, writes=mine), group, changed_at, comments)


def turn_of(proposal: Proposal, person: Person, point: Point, *, writes: bool = False) -> Turn:
    """Whose turn it is and for how long; `writes`: the person may write as well as the two."""
    halves = as_halves(proposal.pair)
    withdrawn = proposal.withdrawn_at is not None
    over = withdrawn and proposal.stage != Stage.CLOSED
    found = None if over else wait(point, halves, reader=person.pk, writes=writes)
    return found or turn(halves, reader=person.pk, withdrawn=withdrawn, writes=writes)


def history_of(proposal: Proposal, *, reader_is_half: bool) -> list[Entry]:
    """What people did with the proposal and its pairs, newest first."""
    own = AuditEntry.objects.filter(target=f"proposal:{proposal.pk}")
    pairs = {entry.facts["pair"] for entry in own if "pair" in entry.facts} | {proposal.pair_id}
    deputies = Deputy.objects.filter(pair__in=pairs).values_list("pk", flat=True)
    targets = [
        f"proposal:{proposal.pk}",
        *(f"pair:{pk}" for pk in pairs),
        *(f"deputy:{pk}" for pk in deputies),
    ]
    entries = AuditEntry.objects.filter(target__in=targets).select_related("by").order_by("-at", "-pk")
    return list(_told(list(entries), reader_is_half=reader_is_half))


def _acts(entries: list[AuditEntry]) -> Iterable[AuditEntry]:
    """One entry for each act, newest first; parts of another one are left out."""
    later: AuditEntry | None = None
    for entry in entries:
        if entry.verb in SILENT:
            continue
        next_verb = later.verb if later and later.by_id == entry.by_id else ""
        if not told_by(entry.verb, entry.facts, next_verb=next_verb):
            yield entry
        later = entry


def _told(entries: list[AuditEntry], *, reader_is_half: bool) -> Iterable[Entry]:
    named = Membership.objects.select_related("person").in_bulk(
        {entry.facts["membership"] for entry in entries if "membership" in entry.facts}
    )
    for entry in _acts(entries):
        membership = named.get(entry.facts.get("membership"))
        facts = {**entry.facts, "name": membership.person.name if membership else ""}
        who = entry.by.name if entry.by else "coprod"
        if what := sentence(entry.verb, who, facts, reader_is_half=reader_is_half):
            yield Entry(what, entry.at)
