"""What the server does because a day has come: moves first, then what people are told."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.workflow.domain.moves import Move, State
from proposals.workflow.selectors import calendar
from proposals.workflow.services.implementing import opened
from proposals.workflow.services.moving import demand, everybody, locked, moved, say
from proposals.workflow.services.reminding import tell_of_condition, tell_of_signatures
from proposals.workflow.services.secretary import papers_out
from workspaces import services as people
from workspaces.domain.news import Kind
from workspaces.domain.refusals import RefusedError
from workspaces.selectors import as_halves

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing the server sees to: which rows it finds by a day, and what it does with each."""

    name: str
    wanted: Callable[[date], QuerySet[Model]]
    do: Callable[[int, date], bool]


def run_due(today: date | None = None) -> dict[str, int]:
    """Do all that has come due by this day; how much of each. What fails is logged and tried again."""
    day = today or timezone.localdate()
    done: dict[str, int] = {}
    for duty in DUTIES:
        found = list(duty.wanted(day).order_by("pk").values_list("pk", flat=True))
        done[duty.name] = sum(_done(duty, pk, day) for pk in found)
    return done


def _done(duty: Duty, pk: int, day: date) -> bool:
    try:
        with transaction.atomic():
            return duty.do(pk, day)
    except RefusedError as refusal:
        logger.info("%s %s: %s", duty.name, pk, refusal)
    except Exception:  # one proposal that cannot be dealt with must not hold up the others
        logger.exception("%s %s", duty.name, pk)
    return False


def _held(wanted: Callable[[date], QuerySet[Proposal]], pk: int, day: date) -> Proposal | None:
    """The row, locked, if what was found is still so: another process may have been here."""
    row = locked(Proposal(pk=pk))
    return row if wanted(day).filter(pk=pk).exists() else None


def open_evaluation(pk: int, day: date) -> bool:
    """The day of review has come: the text of the evaluation is there to be written."""
    row = _held(calendar.evaluations_due, pk, day)
    if row is None:
        return False
    demand(row, Move.EVALUATE)
    moved(row, Move.EVALUATE, State(Stage.EVALUATION, Status.DRAFTING), by=None)
    opened(row, Stage.EVALUATION, by=None)
    headline = f"The day has come to look at what “{row.title}” has done for patients"
    say(row, headline, by=None, kind=Kind.ASSIGNMENT)
    return True


def send_papers_due(pk: int, day: date) -> bool:
    """The papers go out on their day, whether or not somebody presses the button."""
    row = _held(calendar.papers_due, pk, day)
    if row is None:
        return False
    papers_out(row, by=None)
    return True


def keep_as_note(pk: int, day: date) -> bool:
    """Nobody answered: what was begun stays with whoever began it, who can ask somebody else."""
    row = _held(calendar.unanswered, pk, day)
    if row is None:
        return False
    people.lapse_pair(row.pair)
    names = " and ".join(half.name for half in as_halves(row.pair).missing())
    within = f"within {calendar.ANSWER_WITHIN.days} days"
    headline = f"{names} did not answer {within}: “{row.title}” stays with whoever asked"
    say(row, headline, by=None, to=everybody(row), kind=Kind.PAIR)
    return True


def archive(pk: int, day: date) -> bool:
    """Kept as long as the rule says."""
    row = _held(calendar.archive_due, pk, day)
    rule = calendar.retention(day)
    if row is None or rule is None:
        return False
    facts = {"years": rule.years, "source": rule.source}
    moved(row, Move.ARCHIVE, State(Stage.CLOSED, Status.ARCHIVED), by=None, facts=facts)
    return True


DUTIES = (
    Duty("evaluations opened", calendar.evaluations_due, open_evaluation),
    Duty("papers sent", calendar.papers_due, send_papers_due),
    Duty("notes kept", calendar.unanswered, keep_as_note),
    Duty("archived", calendar.archive_due, archive),
    Duty("conditions told", calendar.conditions_due, tell_of_condition),
    Duty("signatures told", calendar.signed_texts, tell_of_signatures),
)
