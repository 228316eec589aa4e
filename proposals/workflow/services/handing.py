"""Handing in: the text is frozen and goes to the committee, all of it in one step or not at all."""

from contextlib import suppress

from django.db import transaction
from django.db.models import QuerySet

from proposals.editing import services as editing
from proposals.editing.models import FrozenVersion
from proposals.editing.services import DocumentClosed
from proposals.portfolio.domain.stages import Status
from proposals.portfolio.models import Document, Proposal
from proposals.workflow.domain.facts import Facts
from proposals.workflow.domain.moves import Move, State
from proposals.workflow.models import Submission
from proposals.workflow.selectors.facts import committee_of
from proposals.workflow.services.moving import TextChanged, demand, half_of, locked, moved, say
from workspaces.domain.news import Kind
from workspaces.models import Committee, Person, Seat

LATE_WORDS = (
    "Somebody wrote on after you both signed, so nothing was handed in. Read it, confirm it and sign again."
)


def submit(proposal: Proposal, *, by: Person, patience: float = editing.PATIENCE) -> Submission:
    """Freeze what both have signed and hand it to the committee. Never in a transaction of the caller's."""
    half_of(proposal, by)
    demand(proposal, Move.SUBMIT)
    with closing(proposal, patience=patience) as document, transaction.atomic():
        row = locked(proposal)
        half_of(row, by)
        facts = demand(row, Move.SUBMIT)
        row.committee = committee_of(row)
        version = frozen(document, facts, by=by)
        made = Submission.objects.create(
            proposal=row, version=version, committee=row.committee, route=row.route, by=by
        )
        target = State(facts.stage, Status.SUBMITTED)
        moved(row, Move.SUBMIT, target, by=by, sha256=version.sha256, facts={"version": version.number})
        say(row, f"{by.name} submitted “{row.title}”", by=by)
        if row.committee:
            seats = set(desk_of(row.committee).values_list("person", flat=True))
            headline = f"“{row.title}” was submitted to {row.committee.name}"
            say(row, headline, by=by, to=seats, kind=Kind.ASSIGNMENT)
    return made


def desk_of(committee: Committee) -> QuerySet[Seat]:
    """Who sees to what comes in: the chair and the secretary."""
    return Seat.objects.filter(committee=committee, ended_at=None).exclude(role=Seat.MEMBER)


def frozen(document: Document, facts: Facts, *, by: Person) -> FrozenVersion:
    """Close the text, if it still says what both have signed; else the caller's transaction is undone."""
    version = editing.freeze(document, by=by)
    if version.sha256 != facts.sha256:
        raise TextChanged(LATE_WORDS)
    return version


class closing:  # noqa: N801 - used like a function
    """Ask the open pages for their last words first; tell them to go on if the text stays open after all."""

    def __init__(self, proposal: Proposal, *, patience: float) -> None:
        self.document = Document.objects.select_related("template", "proposal__workspace").get(
            proposal=proposal, stage=proposal.stage
        )
        self.patience = patience

    def __enter__(self) -> Document:
        with suppress(DocumentClosed):
            editing.settle(self.document, patience=self.patience)
        return self.document

    def __exit__(self, kind: object, *_rest: object) -> None:
        if kind is not None:
            with suppress(DocumentClosed):
                editing.resume(self.document)
