"""The only doors to proposals and documents: 404 for strangers, 403 with a reason for other members."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from proposals.portfolio.domain.abilities import (
    STRANGER,
    Ability,
    Grant,
    ProposalFacts,
    Standing,
    being_written,
    current_stage,
    decide,
    not_withdrawn,
)
from proposals.portfolio.models import Document, Proposal, Supporter
from proposals.portfolio.standing import open_deputies, open_leads, standing_of
from workspaces.domain.pairing import Side
from workspaces.models import Membership, Pair, Person, Seat
from workspaces.prepared import Prepared

PAIR_PARTS = ("workspace", "pair__clinician__person", "pair__manager__person", "pair__proposed_by")
DOCUMENT_PARTS = ("template", *(f"proposal__{part}" for part in PAIR_PARTS))


class SignedIn(HttpRequest):
    """A request from somebody who has signed in; the middleware lets no other through to our pages."""

    user: Person


def visible_proposals(person: Person) -> QuerySet[Proposal]:
    """The proposals of the workspaces where the person is a member today; a patient partner's, if invited."""
    mine = Membership.objects.filter(
        workspace=OuterRef("workspace"), person=person, person__is_active=True, ended_at=None
    )
    colleague = mine.exclude(side=Side.PATIENT_PARTNER.value)
    invited = mine.filter(supports__proposal=OuterRef("pk"))
    return Proposal.objects.filter(Exists(colleague) | Exists(invited)).select_related(*PAIR_PARTS)


def seen_proposals(person: Person) -> QuerySet[Proposal]:
    """All whose pages the person may open: those of their workspaces, and those before their committees."""
    partner = Membership.objects.filter(
        workspace=OuterRef("workspace"), person=person, ended_at=None, side=Side.PATIENT_PARTNER.value
    )
    before_them = Q(Exists(_seats(person))) & ~Q(Exists(partner))
    mine = Q(pk__in=visible_proposals(person).values("pk"))
    above = _seats(person, "committee__parent").filter(role=Seat.CHAIR)
    before_them |= Q(Exists(above), status="declined") & ~Q(Exists(partner))
    return Proposal.objects.filter(mine | before_them).select_related(*PAIR_PARTS)


def reads_text(person: Person, *, on: date | None = None) -> Q:
    """The proposals whose draft somebody reads on that day, or today: READ, asked of all at once."""
    mine = Membership.objects.filter(person=person, person__is_active=True, ended_at=None)
    deputies = open_deputies(on or timezone.localdate()).filter(pair=OuterRef("pair"), membership__in=mine)
    beside = Supporter.objects.filter(proposal=OuterRef("pk"), membership__in=mine)
    lasts = Q(pair__ended_at=None)
    halves = Q(pair__clinician__in=mine) & (lasts | Q(pair__clinician_accepted_at__isnull=False))
    halves |= Q(pair__manager__in=mine) & (lasts | Q(pair__manager_accepted_at__isnull=False))
    leads = open_leads().filter(proposal=OuterRef("pk"), membership__in=mine)
    return halves | Q(Exists(deputies)) | Q(Exists(beside)) | Q(Exists(leads))


def reads_handed_in(person: Person) -> Q:
    """The same for READ_VERSION: a committee reads what was handed in to it as well."""
    return reads_text(person) | Q(Exists(_seats(person)))


def _seats(person: Person, committee: str = "committee") -> QuerySet[Seat]:
    """On the committee that the proposal at hand was submitted to."""
    return Seat.objects.filter(
        committee=OuterRef(committee), person=person, person__is_active=True, ended_at=None
    )


def proposal_for(person: Person, reference: str, ability: Ability = Ability.VIEW) -> Proposal:
    """Fetch by reference; a stranger cannot tell a proposal of others from one that does not exist."""
    proposal = _PROPOSALS.one(reference.upper())
    if proposal is None:
        raise Http404
    _demand(abilities_for(person, proposal), ability)
    return proposal


_PROPOSALS = Prepared(
    lambda reference, **_: Proposal.objects.select_related(*PAIR_PARTS).filter(reference=reference), str
)


@dataclass(frozen=True, slots=True)
class Access:
    """A document, who somebody is to it, and what they may do there."""

    document: Document
    standing: Standing
    grants: dict[Ability, Grant]


def document_for(person: Person, document_id: int, ability: Ability = Ability.READ) -> Document:
    """Fetch a document with its proposal; writing also needs the document's stage to be the current one."""
    return access_to(person, document_id, ability).document


def access_to(person: Person, document_id: int, ability: Ability = Ability.READ) -> Access:
    """The same, for whoever goes on to ask what else the person may do there."""
    document = _DOCUMENTS.one(document_id)
    if document is None:
        raise Http404
    return access_of(person, document, ability)


_DOCUMENTS = Prepared(lambda pk, **_: Document.objects.select_related(*DOCUMENT_PARTS).filter(pk=pk), int)


def access_of(person: Person, document: Document, ability: Ability = Ability.READ) -> Access:
    """The same, for a document that is at hand with its proposal and pair."""
    standing = standing_of(person, document.proposal)
    grants = decide(standing, facts_of(document.proposal, document.stage))
    _demand(grants, ability)
    return Access(document, standing, grants)


def abilities_for(person: Person, proposal: Proposal) -> dict[Ability, Grant]:
    """What the person may do to the proposal at its current stage, with reasons."""
    return decide(standing_of(person, proposal), facts_of(proposal, proposal.stage))


def document_abilities_for(person: Person, document: Document) -> dict[Ability, Grant]:
    """The same for one document, which may belong to an earlier stage."""
    proposal = document.proposal
    return decide(standing_of(person, proposal), facts_of(proposal, document.stage))


def facts_of(proposal: Proposal, stage: str) -> ProposalFacts:
    """What the table of abilities asks about a proposal and the stage of the document at hand."""
    waiting = waiting_halves(proposal.pair)
    return ProposalFacts(
        waiting=frozenset(waiting),
        waiting_names=" and ".join(half.person.name for half in waiting.values()),
        hosts=" or ".join(_hosts(proposal)),
        pair_ended=proposal.pair.ended_at is not None,
        withdrawn=proposal.withdrawn_at is not None,
        is_current_stage=stage == proposal.stage and stage != "closed",
        status=proposal.status,
        submitted=proposal.committee_id is not None,
    )


def _hosts(proposal: Proposal) -> list[str]:
    """The halves who can invite readers: those who have accepted, while there is something to invite to."""
    pair = proposal.pair
    if pair.ended_at or proposal.withdrawn_at:
        return []
    accepted = ((pair.clinician, pair.clinician_accepted_at), (pair.manager, pair.manager_accepted_at))
    return [half.person.name for half, accepted_at in accepted if accepted_at]


def why_closed(document: Document) -> str:
    """Why nobody writes in a document now, whoever asks; empty while somebody may."""
    facts = facts_of(document.proposal, document.stage)
    reasons = (asked(STRANGER, facts) for asked in (not_withdrawn, current_stage, being_written))
    return next((reason for reason in reasons if reason), "")


def waiting_halves(pair: Pair) -> dict[Side, Membership]:
    """The halves that have not accepted yet."""
    halves = {
        Side.CLINICIAN: (pair.clinician, pair.clinician_accepted_at),
        Side.MANAGER: (pair.manager, pair.manager_accepted_at),
    }
    return {side: membership for side, (membership, accepted_at) in halves.items() if accepted_at is None}


def may_write(person_id: int, document_id: int) -> bool:
    """Answer EDIT in one query, never cached: the log asks inside the transaction that stores an update."""
    return bool(_WRITABLE.ask(person_id, document_id))


def _writing(person_id: int, document_id: int, *, on: date) -> QuerySet[Document]:
    """The document, if it can be written in and this person may."""
    mine = {"person_id": person_id, "person__is_active": True, "ended_at": None}
    members = Membership.objects.filter(**mine)
    deputies = open_deputies(on).filter(pair=OuterRef("proposal__pair"), membership__in=members)
    partners = Supporter.objects.filter(
        proposal=OuterRef("proposal"), role=Supporter.PATIENT_PARTNER, membership__in=members
    )
    writable = Document.objects.filter(
        pk=document_id,
        stage=F("proposal__stage"),
        proposal__status="drafting",
        proposal__withdrawn_at=None,
        proposal__pair__ended_at=None,
        proposal__pair__clinician_accepted_at__isnull=False,
        proposal__pair__manager_accepted_at__isnull=False,
    )
    return writable.filter(
        Q(proposal__pair__clinician__in=members)
        | Q(proposal__pair__manager__in=members)
        | Exists(deputies)
        | Exists(partners)
    ).exclude(stage="closed")


_WRITABLE = Prepared(lambda *ids, on: _writing(*ids, on=on).values_list("pk")[:1], int, int)


def _demand(abilities: dict[Ability, Grant], ability: Ability) -> None:
    if not abilities[Ability.VIEW].allowed:
        raise Http404
    if not abilities[ability].allowed:
        raise PermissionDenied(abilities[ability].reason)
