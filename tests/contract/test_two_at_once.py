"""Two people at the same instant, each on a connection of their own: it happens once."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from proposals.editing.models import FrozenVersion
from proposals.portfolio.models import Proposal
from proposals.workflow import services
from proposals.workflow.models import SignOff, Submission, Transition
from proposals.workflow.selectors import facts_of
from proposals.workflow.services import GateShut
from tests.moving import confirmed, make_committee, signed, written
from tests.people import Cast, people
from tests.proposals import make_proposal
from workspaces.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30.0


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people()


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    proposal = make_proposal(cast.pair)
    make_committee(cast)
    written(proposal)
    return proposal


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of these at the same time; what each came to, a refusal included."""
    start, outcomes = Barrier(len(deeds)), list[object]()

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait(PATIENCE)
            outcomes.append(deed())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes


def test_both_sign_at_the_same_instant(proposal: Proposal, cast: Cast) -> None:
    """[WF30] Two signatures, and it is signed once."""
    confirmed(proposal, cast.amara, cast.ben)
    said = facts_of(proposal).sha256
    outcomes = at_once(
        lambda: services.sign_off(proposal, said, by=cast.amara),
        lambda: services.sign_off(proposal, said, by=cast.ben),
    )
    assert all(isinstance(outcome, SignOff) for outcome in outcomes), outcomes
    assert SignOff.objects.count() == 2
    assert Transition.objects.filter(move="sign").count() == 1
    assert AuditEntry.objects.filter(verb="sign_off").count() == 2


def test_both_hand_in_at_the_same_instant(proposal: Proposal, cast: Cast) -> None:
    """[WF32] One submission, one freeze, one entry of each; the other finds it submitted."""
    signed(proposal, cast.amara, cast.ben)
    outcomes = at_once(
        lambda: services.submit(proposal, by=cast.amara, patience=0),
        lambda: services.submit(proposal, by=cast.ben, patience=0),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["GateShut", "Submission"], outcomes
    assert [type(each) for each in outcomes if isinstance(each, GateShut)]
    assert Submission.objects.count() == 1
    assert FrozenVersion.objects.count() == 1
    assert Transition.objects.filter(move="submit").count() == 1
    for verb in ("submit", "freeze"):
        assert AuditEntry.objects.filter(verb=verb).count() == 1
