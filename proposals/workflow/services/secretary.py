"""What the secretary does with a submission: take it in, send it back, give it a day, send papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from proposals.comments import services as comments
from proposals.comments.domain.threads import Kind as ThreadKind
from proposals.editing import services as editing
from proposals.portfolio.access import Access
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Document, Proposal
from proposals.portfolio.standing import standing_of
from proposals.workflow.domain.moves import Move, State
from proposals.workflow.models import Listing, Submission
from proposals.workflow.selectors.bank_holidays import clear_days_before
from proposals.workflow.services.moving import BadInput, demand, everybody, moved, permitted, say
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person, Seat
from workspaces.selectors import open_seats

# Papers are out this many clear working days before the day of the meeting (domain reference 3).
PAPER_DAYS = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that has to change; without a section it is about the first one."""

    text: str
    section: str = ""


@transaction.atomic
def accept_submission(proposal: Proposal, *, by: Person) -> None:
    """It is complete and on the right route."""
    row = permitted(proposal, Ability.SCREEN, by=by)
    demand(row, Move.SCREEN)
    moved(row, Move.SCREEN, State(Stage(row.stage), Status.SCREENED), by=by)
    say(row, f"{by.name} has taken in “{row.title}” for the committee", by=by)


@transaction.atomic
def send_back(proposal: Proposal, changes: Sequence[Change], *, by: Person) -> None:
    """Open the text again, with a list of what has to change as questions that wait for an answer."""
    row = permitted(proposal, Ability.SCREEN, by=by)
    demand(row, Move.SEND_BACK)
    listed = checked(row, changes)
    reopened(row, listed, by=by)
    reason = "\n".join(change.text for change in listed)
    moved(row, Move.SEND_BACK, State(Stage(row.stage), Status.DRAFTING), by=by, reason=reason)
    say(row, f"{by.name} sent “{row.title}” back with changes to make", by=by, text=reason)


@transaction.atomic
def schedule(proposal: Proposal, meets_on: date, *, by: Person, late_consent: str = "") -> Listing:
    """Give it a day. Later than the papers are due only with the chair's consent, and its reason."""
    row = permitted(proposal, Ability.SCHEDULE, by=by)
    demand(row, Move.SCHEDULE)
    today = timezone.localdate()
    if meets_on < today:
        raise BadInput("meets_on", "The day of the meeting has passed. Choose a later one.")
    due = clear_days_before(meets_on, PAPER_DAYS)
    late = today > due
    if late and not late_consent.strip():
        sentence = (
            f"Papers for that day were due on {due:%-d %B %Y}. "
            "Choose a later day, or write why the chair consents."
        )
        raise BadInput("late_consent", sentence)
    made = Listing.objects.create(
        submission=newest_submission(row),
        meets_on=meets_on,
        papers_by=due,
        late_consent=late_consent.strip() if late else "",
        consented_by=_chair(row) if late else None,
        by=by,
    )
    moved(row, Move.SCHEDULE, State(Stage(row.stage), Status.SCHEDULED), by=by, facts={"on": str(meets_on)})
    say(row, f"“{row.title}” is on the agenda of {meets_on:%-d %B %Y}", by=by)
    return made


@transaction.atomic
def send_papers(proposal: Proposal, *, by: Person) -> None:
    """From now on the committee has it before it."""
    papers_out(permitted(proposal, Ability.SCHEDULE, by=by), by=by)


def papers_out(proposal: Proposal, *, by: Person | None) -> None:
    """The same, by whoever may; None: the server, on the day. Whoever calls holds the proposal's row."""
    demand(proposal, Move.SEND_PAPERS)
    submission = newest_submission(proposal)
    moved(proposal, Move.SEND_PAPERS, State(Stage(proposal.stage), Status.IN_REVIEW), by=by)
    listing = Listing.objects.filter(submission=submission).first()
    meets = f": the committee meets on {listing.meets_on:%-d %B %Y}" if listing else ""
    seats = {seat.person_id for seat in open_seats(proposal.committee)} if proposal.committee else set()
    say(proposal, f"The papers of “{proposal.title}” are out{meets}", by=by, to=seats | everybody(proposal))


def newest_submission(proposal: Proposal) -> Submission:
    """What was handed in last. Nothing is decided without a frozen version."""
    found = Submission.objects.filter(proposal=proposal).select_related("version__document").first()
    if found is None or found.version.document.stage != proposal.stage:
        raise RefusedError("Nothing has been submitted at this stage.")
    return found


def checked(proposal: Proposal, changes: Sequence[Change]) -> list[Change]:
    """The list with a section for each; refused where it names none or one that does not exist."""
    keys = list(_document(proposal).template.sections.order_by("order").values_list("key", flat=True))
    listed = [
        Change(change.text.strip(), change.section or keys[0]) for change in changes if change.text.strip()
    ]
    if not listed:
        raise BadInput("changes", "List what has to change, one change on each line.")
    for change in listed:
        if change.section not in keys:
            raise BadInput("changes", f"This text has no section “{change.section}”. Choose one that it has.")
    return listed


def reopened(proposal: Proposal, changes: Sequence[Change], *, by: Person) -> None:
    """A request in the margin for everything that has to change, and then the next epoch of the text."""
    document = _document(proposal)
    version = newest_submission(proposal).version
    version.document = document
    standing = standing_of(by, proposal)
    access = Access(document, standing, {})
    for change in changes:
        draft = comments.Draft(
            section=change.section,
            body=change.text,
            kind=ThreadKind.CHANGE_REQUEST,
            version=version,
            for_committee=True,
        )
        comments.open_thread(access, draft, by=by)
    editing.thaw(document, by=by)


def _document(proposal: Proposal) -> Document:
    document = Document.objects.select_related("template").get(proposal=proposal, stage=proposal.stage)
    document.proposal = proposal
    return document


def _chair(proposal: Proposal) -> Person | None:
    chairs = Seat.objects.filter(committee=proposal.committee_id, role=Seat.CHAIR, ended_at=None)
    seat = chairs.select_related("person").first()
    return seat.person if seat else None
