"""What people do with a proposal: propose, answer, rename, choose who stands beside the pair."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from proposals.portfolio import templates
from proposals.portfolio.domain.reference import next_reference, stem
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.domain.supporters import Role, why_not_support
from proposals.portfolio.models import Document, Proposal, Supporter
from proposals.portfolio.services.deeds import locked_open, record, tell
from workspaces import notices
from workspaces import services as people
from workspaces.domain.deputies import Term
from workspaces.domain.news import Kind, Piece
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import Membership, Person, Workspace
from workspaces.selectors import membership_of


@transaction.atomic
def propose(workspace: Workspace, title: str, colleague: Membership, *, by: Person) -> Proposal:
    """Begin a proposal with a colleague of the other side, who still has to accept."""
    mine = membership_of(by, workspace)
    if mine is None:
        raise RefusedError("Only members of this workspace can begin a proposal in it.")
    pair = people.pair_up(workspace, *_halves(mine, colleague), by=by)
    proposal = Proposal.objects.create(
        workspace=workspace, reference=_take_reference(workspace), title=title, pair=pair, created_by=by
    )
    _begin(proposal, Stage.CONCEPT)
    record(proposal, "propose", by=by, title=title, pair=pair.pk, colleague=colleague.person.name)
    notices.publish(f"person.{colleague.person_id}", "proposal", proposal=proposal.pk)
    _news(proposal, [colleague], f"{by.name} asks you to write a proposal together", by=by)
    return proposal


@transaction.atomic
def open_document(proposal: Proposal, stage: Stage, *, by: Person | None) -> Document:
    """The text of a stage, stamped with the template in force today. Opened before: the one there is.

    What it starts with is for `editing` to write when it is opened for the first time.
    """
    locked = locked_open(proposal)
    if (there := Document.objects.filter(proposal=locked, stage=stage).first()) is not None:
        return there
    document = _begin(locked, stage)
    record(locked, "open_document", by=by, stage=stage.value, template=str(document.template))
    return document


@transaction.atomic
def pair_again(proposal: Proposal, colleague: Membership, *, by: Person) -> None:
    """Go on with another colleague after a pair has ended. The text stays; the newcomer has to accept."""
    locked = locked_open(proposal)
    if locked.pair.ended_at is None:
        raise RefusedError("This pair has not ended. Another can begin only when it has.")
    mine = membership_of(by, locked.workspace)
    if mine is None or mine.pk not in (locked.pair.clinician_id, locked.pair.manager_id):
        raise RefusedError("Only somebody who was in the pair can ask another colleague.")
    locked.pair = proposal.pair = people.pair_up(locked.workspace, *_halves(mine, colleague), by=by)
    locked.save(update_fields=["pair", "changed_at"])
    record(locked, "pair_again", by=by, pair=locked.pair_id, colleague=colleague.person.name)
    notices.publish(f"person.{colleague.person_id}", "proposal", proposal=locked.pk)
    _news(locked, [colleague], f"{by.name} asks you to go on with a proposal together", by=by)


@transaction.atomic
def accept(proposal: Proposal, *, by: Person) -> None:
    """Say yes to writing this as a pair."""
    locked_open(proposal)
    people.accept_pair(proposal.pair, by=by)
    _answered(proposal, f"{by.name} has accepted: you can write together now", by=by)
    tell(proposal, "accept_pair")


@transaction.atomic
def decline(proposal: Proposal, reason: str, *, by: Person) -> None:
    """Say no, with a reason for the colleague who asked. The pair ends."""
    locked_open(proposal)
    people.decline_pair(proposal.pair, reason, by=by)
    _answered(proposal, f"{by.name} has declined to write this together", reason, by=by)
    tell(proposal, "decline_pair")


@transaction.atomic
def rename(proposal: Proposal, title: str, *, by: Person) -> None:
    """Give the proposal another title; the record keeps the old one."""
    locked = locked_open(proposal)
    if locked.title == title:
        return
    record(locked, "rename", by=by, old=locked.title, new=title)
    locked.title = proposal.title = title
    locked.save(update_fields=["title", "changed_at"])


@transaction.atomic
def add_supporter(proposal: Proposal, membership: Membership, role: Role, *, by: Person) -> Supporter:
    """Put a patient partner, a coach or a reader beside the pair."""
    locked = locked_open(proposal, or_closed=True)
    halves = {locked.pair.clinician_id, locked.pair.manager_id}
    present = membership.workspace_id == locked.workspace_id and membership.ended_at is None
    if reason := why_not_support(
        role,
        name=membership.person.name,
        side=Side(membership.side),
        is_member=present,
        is_half=membership.pk in halves,
    ):
        raise RefusedError(reason)
    supporter, made = Supporter.objects.get_or_create(
        proposal=locked, membership=membership, role=role.value, defaults={"added_by": by}
    )
    if not made:
        raise RefusedError(f"{membership.person.name} is already {role.phrase} here.")
    record(locked, "add_supporter", by=by, person=membership.person.name, role=role.value)
    notices.publish(f"person.{membership.person_id}", "supporter", proposal=locked.pk)
    _news(locked, [membership], f"{by.name} asks you to stand beside the pair as {role.phrase}", by=by)
    return supporter


@transaction.atomic
def appoint_deputy(proposal: Proposal, deputy: Membership, *, side: Side, term: Term, by: Person) -> None:
    """A colleague stands in for one half for a time, and hears of it."""
    locked_open(proposal)
    first, last = term.starts_on, term.ends_on
    people.appoint_deputy(proposal.pair, deputy, side=side, starts_on=first, ends_on=last, by=by)
    until = f"from {first:%-d %B} to {last:%-d %B %Y}"
    _news(proposal, [deputy], f"{by.name} has made you deputy {until}", by=by)
    halves = (proposal.pair.clinician, proposal.pair.manager)
    _news(proposal, halves, f"{by.name} has made {deputy.person.name} deputy {until}", by=by, kind=Kind.PAIR)


@transaction.atomic
def remove_supporter(supporter: Supporter, *, by: Person) -> None:
    """End somebody's part beside the pair; what they wrote stays."""
    locked = locked_open(supporter.proposal, or_closed=True)
    person = supporter.membership.person
    record(locked, "remove_supporter", by=by, person=person.name, role=supporter.role)
    notices.publish(f"person.{person.pk}", "supporter", proposal=locked.pk)
    supporter.delete()


def _begin(proposal: Proposal, stage: Stage) -> Document:
    template = templates.in_force(stage, timezone.localdate(), proposal.workspace.organisation)
    if template is None:
        raise RefusedError(
            f"No {stage.label.lower()} template is in force. Ask whoever runs coprod to load one."
        )
    return Document.objects.create(proposal=proposal, stage=stage, template=template)


def _take_reference(workspace: Workspace) -> str:
    """The next free reference. Workspaces that share a prefix wait for each other here."""
    prefix = workspace.reference_prefix
    list(Workspace.objects.select_for_update().filter(reference_prefix=prefix).order_by("pk"))
    start = stem(prefix, timezone.localdate().year)
    taken = Proposal.objects.filter(reference__startswith=start).values_list("reference", flat=True)
    return next_reference(start, taken)


def _halves(mine: Membership, colleague: Membership) -> tuple[Membership, Membership]:
    """Clinician and manager, in this order; whether they can be a pair is for `pair_up` to say."""
    return (mine, colleague) if mine.side == Side.CLINICIAN else (colleague, mine)


def _answered(proposal: Proposal, headline: str, reason: str = "", *, by: Person) -> None:
    """The other half hears the answer; whoever gave it has read the question."""
    people.read_about(f"pair:{proposal.pair_id}", by=by)
    halves = (proposal.pair.clinician, proposal.pair.manager)
    _news(proposal, halves, headline, by=by, kind=Kind.PAIR, text=reason)


def _news(
    proposal: Proposal,
    members: Iterable[Membership],
    headline: str,
    *,
    by: Person,
    kind: Kind = Kind.ASSIGNMENT,
    text: str = "",
) -> None:
    piece = Piece(
        kind,
        headline,
        reverse("proposal", args=[proposal.reference]),
        text=text,
        proposal=proposal.pk,
        target=f"pair:{proposal.pair_id}",
    )
    people.tell([member.person_id for member in members], piece, by=by)
