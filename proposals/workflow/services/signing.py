"""Two keys: each half confirms sections and signs the whole, on exactly the words that they saw."""

from django.db import transaction

from proposals.portfolio.models import Proposal
from proposals.workflow.domain.gates import check
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Confirmation, SectionCopy, SignOff
from proposals.workflow.selectors.facts import facts_of
from proposals.workflow.selectors.leads import leads_of
from proposals.workflow.selectors.texts import Text, text_of
from proposals.workflow.services.moving import (
    BadInput,
    TextChanged,
    demand,
    half_of,
    halves,
    locked,
    once,
    say,
)
from workspaces import audit, notices
from workspaces.domain.news import Kind
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person

CHANGED = "The text has changed since you opened this page. Read what is new, then do this again."
NO_TEXT = "There is no text to confirm or sign at this point."


def confirm(proposal: Proposal, section: str, seen: str, *, by: Person) -> Confirmation:
    """“I have read this and can defend it.” `seen` is the hash of the words that the page showed."""
    text = _text(proposal)
    if section not in text.keys:
        raise BadInput("section", "This text has no such section. Choose one of those on the page.")
    with transaction.atomic():
        row = locked(proposal)
        side = half_of(row, by)
        text = _text(row)
        facts = facts_of(row, text)
        _refuse_closed(row)
        if seen != text.hash_of(section):
            raise TextChanged(CHANGED)
        copy, _ = SectionCopy.objects.get_or_create(
            sha256=seen, defaults={"canonical": text.canonical_of(section)}
        )
        made, _ = Confirmation.objects.get_or_create(
            document=text.document, section=section, copy=copy, by=by, side=side.value
        )
        if check(facts.stage, Move.READY, facts).open:
            once(row, Move.READY, facts.sha256, by=None)
        notices.publish(f"proposal.{row.pk}", "confirmation", proposal=row.pk)
    return made


def sign_off(proposal: Proposal, seen: str, *, by: Person) -> SignOff:
    """Say yes to the whole text. Once both have to the same, it is signed."""
    _text(proposal)  # read before anybody has to wait for it
    with transaction.atomic():
        row = locked(proposal)
        side = half_of(row, by)
        text = _text(row)
        facts = demand(row, Move.SIGN, text)
        if seen != text.sha256:
            raise TextChanged(CHANGED)
        made, new = SignOff.objects.get_or_create(
            document=text.document, sha256=text.sha256, by=by, side=side.value
        )
        if not new:
            return made
        once(row, Move.READY, text.sha256, by=None)
        audit.record(
            by=by,
            verb="sign_off",
            target=f"proposal:{row.pk}",
            workspace=row.workspace,
            stage=row.stage,
            side=side.value,
            sha256=text.sha256,
        )
        if facts.signed | {side} == frozenset(facts.names):
            once(row, Move.SIGN, text.sha256, by=by)
        _tell(row, by=by, both=len(facts.signed | {side}) > 1)
        notices.publish(f"proposal.{row.pk}", "signature", proposal=row.pk)
    return made


def _tell(proposal: Proposal, *, by: Person, both: bool) -> None:
    rest = "both have signed" if both else "your signature is the one that is missing"
    headline = f"{by.name} signed “{proposal.title}”: {rest}"
    say(proposal, headline, by=by, to=halves(proposal), kind=Kind.SIGNATURE)
    leads = {lead.membership.person_id for lead in leads_of(proposal)} if both else set()
    waits = f"“{proposal.title}” is signed by both and waits for the two leads"
    say(proposal, waits, by=by, to=leads, kind=Kind.ASSIGNMENT)


def _refuse_closed(proposal: Proposal) -> None:
    if proposal.status != "drafting" or proposal.withdrawn_at is not None:
        raise RefusedError("This text has been handed in. It is not confirmed or signed any more.")


def _text(proposal: Proposal) -> Text:
    text = text_of(proposal)
    if text is None:
        raise RefusedError(NO_TEXT)
    if not text.readable:
        raise RefusedError("This text could not be read just now. Please try again in a minute.")
    return text
