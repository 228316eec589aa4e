"""Putting a proposal away: together, alone where there is no other to ask, and never by halves."""

from importlib import import_module
from itertools import product

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.editing.models import Epoch, FrozenVersion
from proposals.editing.services import open_epoch
from proposals.portfolio import services as portfolio
from proposals.portfolio.access import may_write
from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import Proposal
from proposals.workflow import services
from proposals.workflow.domain.parting import alone
from proposals.workflow.models import Consent, Transition
from proposals.workflow.selectors import reached
from proposals.workflow.services import BadInput, TextChanged
from tests.moving import grace, make_committee, put_away, stage_of, submitted, written
from tests.people import Cast, join, make_person
from tests.proposals import concept_template, make_supporter
from workspaces.audit import record
from workspaces.domain.pairing import PAIR_SIDES, Halves, Member, Side
from workspaces.models import AuditEntry, Membership, News
from workspaces.services import end_membership, end_pair

GONE = (Stage.CLOSED, Status.WITHDRAWN)
HALVES = (Member(1, "Amara", 1, Side.CLINICIAN), Member(2, "Ben", 1, Side.MANAGER))


@pytest.mark.parametrize(("accepted", "here", "ended"), list(product((1, 2), (1, 2), (False, True))))
def test_when_one_is_enough(accepted: int, here: int, *, ended: bool) -> None:
    """[WF81] Only where one of the two never came in, or is not there any more; ended pairs are two."""
    halves = Halves(*HALVES, accepted=frozenset(PAIR_SIDES[:accepted]), ended=ended)
    assert alone(halves, PAIR_SIDES[:here]) == (accepted < 2 or here < 2)


def told(cast: Cast) -> dict[str, list[str]]:
    people = {"amara": cast.amara, "ben": cast.ben, "mags": cast.mags, "chandra": cast.chandra}
    return {name: [n.headline for n in News.objects.filter(person=each)] for name, each in people.items()}


def test_its_text_is_closed(cast: Cast, proposal: Proposal) -> None:
    """[WF82] As it stands, and no version is made: what was not handed in is not for a committee to read."""
    document = proposal.documents.get()
    open_ones = Epoch.objects.filter(pk=open_epoch(document).pk, closed_at=None)
    put_away(proposal, "Merged with another.", cast.amara)
    assert open_ones.exists()
    put_away(proposal, "Merged with another.", cast.ben)
    assert not open_ones.exists()
    assert not FrozenVersion.objects.exists()


def test_together(cast: Cast, proposal: Proposal) -> None:
    """[WF80] [WF82] [PF15] One asks and writing goes on; the other agrees, and it ends for good."""
    make_supporter(proposal, cast.mags)
    assert services.withdraw(proposal, " Merged with another. ", by=cast.amara) is False
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)
    assert may_write(cast.amara.pk, proposal.documents.get().pk)
    asked = "Amara Okafor wants to withdraw “A frailty team at the front door”: do you agree?"
    assert told(cast) == {"amara": [], "ben": [asked], "mags": [], "chandra": []}
    services.agree_to_withdraw(proposal, Consent.objects.get().pk, by=cast.ben)
    assert stage_of(proposal) == GONE
    assert (proposal.withdrawn_reason, proposal.withdrawn_at is None) == ("Merged with another.", False)
    assert not may_write(cast.amara.pk, proposal.documents.get().pk)
    row = Transition.objects.get()
    assert (row.number, row.by, row.reason) == (21, cast.ben, "Merged with another.")
    assert (row.from_stage, row.to_status, reached(proposal)) == ("concept", "withdrawn", Stage.CONCEPT)
    assert not Consent.objects.filter(ended_at=None).exists()
    assert told(cast)["mags"] == ["Amara Okafor and Ben Adeyemi withdrew “A frailty team at the front door”"]
    for deed in (
        lambda: services.withdraw(proposal, "Again.", by=cast.ben),
        lambda: portfolio.rename(proposal, "Other", by=cast.ben),
        lambda: portfolio.add_supporter(
            proposal, Membership.objects.get(person=cast.dele), Role.READER, by=cast.ben
        ),
    ):
        with pytest.raises(PermissionDenied, match="has been withdrawn"):
            deed()


def test_the_same_words_from_both(cast: Cast, proposal: Proposal) -> None:
    """[WF80] Two who ask for the same have agreed; with other words they have not."""
    put_away(proposal, "Merged.", cast.amara)
    put_away(proposal, "No money.", cast.ben)
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)
    put_away(proposal, "No money.", cast.amara)
    assert stage_of(proposal) == GONE


def test_kept(cast: Cast, proposal: Proposal) -> None:
    """[WF80] The other half says no with a reason; only whoever asked hears it, and nothing moves."""
    services.withdraw(proposal, "Merged.", by=cast.amara)
    asked = Consent.objects.get()
    with pytest.raises(BadInput):
        services.keep(proposal, asked.pk, " ", by=cast.ben)
    services.keep(proposal, asked.pk, "It is not the same.", by=cast.ben)
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)
    news = News.objects.get(person=cast.amara)
    assert (news.headline[:25], news.text) == ("Ben Adeyemi wants to keep", "It is not the same.")
    with pytest.raises(TextChanged):
        services.agree_to_withdraw(proposal, asked.pk, by=cast.ben)
    assert AuditEntry.objects.get(verb="disagree").facts["reason"] == "It is not the same."


def test_taken_back(cast: Cast, proposal: Proposal) -> None:
    """[WF80] Whoever asked ends it; the other cannot agree to what is not asked any more."""
    services.withdraw(proposal, "Merged.", by=cast.amara)
    services.keep_after_all(proposal, by=cast.ben)
    asked = Consent.objects.get(ended_at=None)
    services.keep_after_all(proposal, by=cast.amara)
    services.keep_after_all(proposal, by=cast.amara)
    assert AuditEntry.objects.filter(verb="take_back").count() == 1
    with pytest.raises(TextChanged):
        services.agree_to_withdraw(proposal, asked.pk, by=cast.ben)
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)


def test_nobody_agrees_with_themselves(cast: Cast, proposal: Proposal) -> None:
    """[WF80] Nor does anybody beside the pair."""
    services.withdraw(proposal, "Merged.", by=cast.amara)
    asked = Consent.objects.get().pk
    with pytest.raises(TextChanged):
        services.agree_to_withdraw(proposal, asked, by=cast.amara)
    with pytest.raises(PermissionDenied):
        services.agree_to_withdraw(proposal, asked, by=cast.dele)
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)


def test_before_the_other_accepts(cast: Cast) -> None:
    """[WF81] A note that nobody has joined is its writer's own."""
    concept_template()
    asked = Membership.objects.get(person=cast.ben)
    note = portfolio.propose(cast.workspace, "Fewer falls", asked, by=cast.amara)
    with pytest.raises(PermissionDenied, match="once you have accepted"):
        services.withdraw(note, "Not mine.", by=cast.ben)
    assert services.withdraw(note, "Not now.", by=cast.amara)
    assert stage_of(note) == GONE
    assert AuditEntry.objects.get(verb="withdraw").facts["both"] == ""


def test_an_ended_pair_still_takes_two(cast: Cast, proposal: Proposal) -> None:
    """[WF81] Leaving the pair is no way to put the other's work away."""
    end_pair(proposal.pair, by=cast.amara)
    proposal.refresh_from_db()
    assert services.withdraw(proposal, "Enough.", by=cast.amara) is False
    assert services.withdraw(proposal, "Enough.", by=cast.ben) is True


def test_after_the_other_has_left(cast: Cast, proposal: Proposal) -> None:
    """[WF81] There is nobody to ask."""
    end_membership(Membership.objects.get(person=cast.ben), by=cast.amara)
    proposal = Proposal.objects.get()
    assert services.withdraw(proposal, "Ben has left.", by=cast.amara)


def test_an_account_that_is_closed(cast: Cast, proposal: Proposal) -> None:
    """[WF81] Whoever cannot sign in is not there either."""
    cast.ben.is_active = False
    cast.ben.save()
    assert services.withdraw(Proposal.objects.get(), "Ben is away for good.", by=cast.amara)


def test_the_committee_hears_of_it(cast: Cast, proposal: Proposal) -> None:
    """[WF82] From any open state, and the desk that had it takes it off."""
    make_committee(cast)
    written(proposal)
    submitted(proposal, cast)
    News.objects.all().delete()
    put_away(proposal, "The ward closes.", cast.amara, cast.ben)
    assert stage_of(proposal) == GONE
    for person in (cast.chandra, grace()):
        assert "withdrew" in News.objects.get(person=person).headline


def test_what_is_closed_is_not_withdrawn(cast: Cast, proposal: Proposal) -> None:
    """[WF82] An end is an end."""
    Proposal.objects.update(stage=Stage.CLOSED, status=Status.ADOPTED)
    with pytest.raises(PermissionDenied, match="is closed"):
        services.withdraw(Proposal.objects.get(), "Never mind.", by=cast.amara)
    assert reached(Proposal.objects.get()) is Stage.CLOSED


def test_what_was_withdrawn_before(cast: Cast, proposal: Proposal) -> None:
    """[WF82] Rows from before this was a move are brought to their end once, and keep who and when."""
    priya = join(make_person("Priya Nair"), cast.workspace, Side.OTHER).person
    when = timezone.now()
    Proposal.objects.update(withdrawn_at=when, withdrawn_reason="Merged.")
    record(by=priya, verb="withdraw", target=f"proposal:{proposal.pk}", reason="Merged.")
    close = import_module("proposals.workflow.migrations.0002_withdrawn_is_closed").close
    for _ in range(2):
        close(apps, None)
    row = Transition.objects.get()
    assert (row.by, row.at, row.reason, row.from_stage) == (priya, when, "Merged.", "concept")
    assert stage_of(proposal) == GONE
