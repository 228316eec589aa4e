"""Two people in two processes at the same instant, round after round. ROUNDS asks for more."""

import os
from collections.abc import Iterator

import pytest

from proposals.editing import services as editing
from proposals.editing.models import FrozenVersion
from proposals.portfolio.domain.stages import Status
from proposals.portfolio.models import Document, Proposal
from proposals.workflow import services
from proposals.workflow.models import SignOff, Submission, Transition
from proposals.workflow.selectors import facts_of
from tests.contract.signer import Signer, at_once
from tests.moving import make_committee, written
from tests.people import Cast, people
from tests.proposals import make_proposal
from tests.threads import insert, write
from workspaces.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("ROUNDS", "20"))


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people()


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    proposal = make_proposal(cast.pair)
    make_committee(cast)
    written(proposal)
    return proposal


@pytest.fixture
def two(proposal: Proposal) -> Iterator[tuple[Signer, Signer]]:
    with Signer() as one, Signer() as other:
        yield one, other


def counts() -> dict[str, int]:
    moves = {f"{move} made": Transition.objects.filter(move=move).count() for move in ("sign", "submit")}
    verbs = {verb: AuditEntry.objects.filter(verb=verb).count() for verb in ("sign_off", "submit", "freeze")}
    rows = {
        "signatures": SignOff.objects.count(),
        "submissions": Submission.objects.count(),
        "versions": FrozenVersion.objects.count(),
    }
    return {**moves, **verbs, **rows}


def keys_turned(proposal: Proposal, cast: Cast) -> str:
    """Both confirm what has changed; the hash of the whole."""
    facts = facts_of(proposal)
    for section in facts.sections:
        for person in (cast.amara, cast.ben) if section.waits_for else ():
            services.confirm(proposal, section.key, section.hash, by=person)
    return facts.sha256


def test_it_happens_once(two: tuple[Signer, Signer], proposal: Proposal, cast: Cast) -> None:
    """[WF30] [WF32] Signed once, frozen once, handed in once: a row of each, however the two race."""
    document = Document.objects.get(proposal=proposal)
    hands = list(zip(two, (cast.amara, cast.ben), strict=True))
    for number in range(1, ROUNDS + 1):
        said = keys_turned(proposal, cast)
        assert at_once(*hands, what="sign", proposal=proposal, seen=said) == ["done", "done"]
        first, second = sorted(
            at_once(*hands, what="submit", proposal=proposal), key=lambda said: said != "done"
        )
        assert (first, "cannot be done where the proposal stands now" in str(second)) == ("done", True)
        assert FrozenVersion.objects.order_by("-pk")[0].sha256 == said
        assert counts() == {
            "sign made": number,
            "submit made": number,
            "sign_off": 2 * number,
            "submit": number,
            "freeze": number,
            "signatures": 2 * number,
            "submissions": number,
            "versions": number,
        }
        opened_again(proposal, document, cast)


def opened_again(proposal: Proposal, document: Document, cast: Cast) -> None:
    """As it was, in the next epoch, with one more word: other keys, another hash."""
    Proposal.objects.filter(pk=proposal.pk).update(status=Status.DRAFTING)
    proposal.refresh_from_db()
    editing.thaw(document, by=cast.chandra)
    write(document, insert("quite ", "say"), by=cast.ben)
