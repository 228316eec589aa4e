"""One proposal among many people at the start of a walk, and what is kept of all that happens to it."""

from datetime import timedelta

from django.utils import timezone

from proposals.comments.models import Comment, Thread
from proposals.editing.models import Epoch, FrozenVersion
from proposals.portfolio import services as portfolio
from proposals.portfolio.models import Document, JointLead, Proposal, Supporter
from proposals.review.models import Condition, Decision
from proposals.workflow.models import (
    Confirmation,
    Consent,
    Launch,
    Listing,
    Plan,
    Reconsideration,
    Retention,
    SignOff,
    Submission,
    Transition,
)
from tests.moving import grace, make_committee, make_leads
from tests.people import join, make_person, people
from tests.property.deeds import Company
from tests.proposals import make_proposal, make_supporter
from workspaces.domain.pairing import Side
from workspaces.models import AuditEntry, Committee, Deputy, News, Seat

# A committee may approve so much; above it the board decides.
LIMIT = 500_000
KEPT = (
    *(Transition, FrozenVersion, AuditEntry, Submission, SignOff, Confirmation, Consent, Decision, Condition),
    *(Launch, Listing, Plan, Reconsideration, Thread, Comment, Epoch, Document, JointLead, News),
)


def company() -> tuple[Proposal, Company]:
    """A proposal, and everybody who has something to do with it, or would like to."""
    cast = people()
    proposal = make_proposal(cast.pair)
    trust = cast.workspace.organisation
    board = Committee.objects.create(organisation=trust, name="Trust board", slug="trust-board")
    make_committee(cast, parent=board, limit=LIMIT)
    secretary, board_chair = grace(), make_person("Nora Bell")
    Seat.objects.create(committee=board, person=board_chair, role=Seat.CHAIR)
    Seat.objects.create(committee=board, person=secretary, role=Seat.SECRETARY)
    leads = make_leads(cast)
    deputy = join(make_person("Sunita Rao"), cast.workspace, Side.MANAGER)
    today = timezone.localdate()
    Deputy.objects.create(
        pair=cast.pair,
        side=Side.MANAGER.value,
        membership=deputy,
        starts_on=today,
        ends_on=today + timedelta(30),
        appointed_by=cast.ben,
    )
    make_supporter(proposal, cast.mags, Supporter.PATIENT_PARTNER)
    Retention.objects.create(years=1, valid_from=today - timedelta(1), source="For tests")
    answers = dict.fromkeys(("recurrent", "capital", "staff", "data", "organisations"), "no") | {
        "care": "yes"
    }
    portfolio.triage(proposal, answers, by=cast.amara)
    both = (leads[Side.CLINICIAN].person, leads[Side.MANAGER].person)
    return proposal, Company(cast, deputy.person, both, secretary, board_chair)


def counted() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in KEPT}
