"""A small test: the pair names two leads, who let it begin together and decide on what it showed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from proposals.editing import services as editing
from proposals.editing.models import FrozenVersion
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Document, Proposal
from proposals.review.domain.kinds import Outcome
from proposals.workflow.domain.effects import AFTER_A_TEST, EXTENDED
from proposals.workflow.domain.moves import Move, State
from proposals.workflow.models import Consent, Launch
from proposals.workflow.selectors.leads import leads_of
from proposals.workflow.services.agreeing import agreed, taken_back
from proposals.workflow.services.handing import closing, frozen
from proposals.workflow.services.implementing import reasoned
from proposals.workflow.services.moving import (
    BadInput,
    TextChanged,
    demand,
    moved,
    permitted,
    say,
)
from proposals.workflow.services.signing import CHANGED
from workspaces.domain.news import Kind
from workspaces.models import Person

MEANWHILE = "The other lead has changed what they said. Read the page again."


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a lead says after the test; who goes on testing says until when."""

    outcome: Outcome
    reason: str
    review_on: date | None = None


def begin_test(
    proposal: Proposal, seen: str, review_on: date, *, by: Person, patience: float = editing.PATIENCE
) -> Launch | None:
    """Let the test begin on the text that the page showed. It does once both have said the same day; None
    until then. Never in a transaction of the caller's."""
    terms = {"sha256": seen, "review_on": _to_come(review_on).isoformat()}
    with _said_by(proposal, Move.TEST, terms, by=by, patience=patience) as made:
        if made is None:
            return None
        row, version = made
        today = timezone.localdate()
        launch = Launch.objects.create(proposal=row, live_on=today, review_on=review_on)
        target = State(Stage.IMPLEMENTATION, Status.TESTING)
        facts = {"both": _names(row), "review_on": terms["review_on"]}
        moved(row, Move.TEST, target, by=by, sha256=version.sha256, facts=facts)
        say(row, f"{_names(row)} let the test of “{row.title}” begin", by=by, kind=Kind.DECISION)
    return launch


def conclude(
    proposal: Proposal, seen: str, said: Conclusion, *, by: Person, patience: float = editing.PATIENCE
) -> bool:
    """Decide on what the test showed. It is decided once both have said the same; False until then."""
    target = AFTER_A_TEST.get(said.outcome.value)
    if target is None:
        raise BadInput("outcome", "Choose what becomes of it.")
    goes_on = target == EXTENDED
    if goes_on and said.review_on is None:
        raise BadInput("review_on", "Say until when it is tested.")
    until = _to_come(said.review_on).isoformat() if goes_on and said.review_on else ""
    reason = "\n".join(reasoned(said.reason, "Say why.").splitlines())
    terms = {"sha256": seen, "outcome": said.outcome.value, "reason": reason, "review_on": until}
    with _said_by(proposal, Move.CONCLUDE, terms, by=by, patience=patience) as made:
        if made is None:
            return False
        row, version = made
        if goes_on and said.review_on:
            Launch.objects.create(proposal=row, live_on=_begun(row), review_on=said.review_on)
        facts = {"both": _names(row), "outcome": said.outcome.value, "review_on": until}
        moved(row, Move.CONCLUDE, target, by=by, reason=reason, sha256=version.sha256, facts=facts)
        headline = f"{_names(row)} decided on “{row.title}”: {said.outcome.value}"
        say(row, headline, by=by, text=reason, kind=Kind.DECISION)
    return True


@transaction.atomic
def take_back(proposal: Proposal, move: Move, *, by: Person) -> None:
    """A lead takes back a word that waits. Repeating it changes nothing."""
    row = permitted(proposal, Ability.LEAD, by=by)
    if taken_back(row, move, by=by):
        say(row, f"{by.name} took back what they said about “{row.title}”", by=by, to=_people(row))


@contextmanager
def _said_by(
    proposal: Proposal, move: Move, terms: Mapping[str, str], *, by: Person, patience: float
) -> Iterator[tuple[Proposal, FrozenVersion] | None]:
    """One lead's word on this text. The second to the same closes the text, in the step that follows."""
    _refuse_others(proposal, by=by)
    demand(proposal, move)
    waiting = Consent.objects.filter(proposal=proposal, move=move.value, ended_at=None, terms=dict(terms))
    is_second = waiting.exclude(by=by).filter(by__in=_people(proposal)).exists()
    with _text(proposal, patience if is_second else None) as document, transaction.atomic():
        row = permitted(proposal, Ability.LEAD, by=by)
        facts = demand(row, move)
        if terms["sha256"] != facts.sha256:
            raise TextChanged(CHANGED)
        if agreed(row, move, terms, by=by, others=_people(row)):
            yield row, frozen(document, facts, by=by)
        elif is_second:
            raise TextChanged(MEANWHILE)
        else:
            headline = f"{by.name} has said what becomes of “{row.title}”: do you agree?"
            say(row, headline, by=by, to=_people(row), kind=Kind.ASSIGNMENT)
            yield None


@contextmanager
def _text(proposal: Proposal, patience: float | None) -> Iterator[Document]:
    """The text; where it is about to be closed, its open pages are asked for their last words."""
    if patience is None:
        yield Document.objects.select_related("template", "proposal__workspace").get(
            proposal=proposal, stage=proposal.stage
        )
        return
    with closing(proposal, patience=patience) as document:
        yield document


@transaction.atomic
def _refuse_others(proposal: Proposal, *, by: Person) -> None:
    """Refuse whoever is no lead before anybody is asked for their last words."""
    permitted(proposal, Ability.LEAD, by=by)


def _to_come(day: date) -> date:
    if day <= timezone.localdate():
        raise BadInput("review_on", "Choose a day that is still to come.")
    return day


def _begun(proposal: Proposal) -> date:
    launch = Launch.objects.filter(proposal=proposal).first()
    return launch.live_on if launch else timezone.localdate()


def _people(proposal: Proposal) -> set[int]:
    return {lead.membership.person_id for lead in leads_of(proposal)}


def _names(proposal: Proposal) -> str:
    return " and ".join(lead.membership.person.name for lead in leads_of(proposal))
