"""Confirmations, signatures and handing in, on real texts."""

import pytest
from django.core.exceptions import PermissionDenied

from proposals.editing import services as editing
from proposals.editing.models import FrozenVersion
from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.models import Document, Proposal
from proposals.workflow import services
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Confirmation, Submission, Transition
from proposals.workflow.selectors import changes_since, confirmations_of, facts_of, verdict_of
from proposals.workflow.services import BadInput, GateShut, TextChanged
from tests.moving import confirmed, grace, make_committee, signed, stage_of, submitted, written
from tests.people import Cast, people
from tests.proposals import make_proposal
from tests.threads import insert, write
from workspaces.domain.pairing import Side
from workspaces.models import AuditEntry, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return people()


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    proposal = make_proposal(cast.pair)
    make_committee(cast)
    written(proposal)
    return proposal


def changed(proposal: Proposal, cast: Cast) -> None:
    document = Document.objects.get(proposal=proposal, stage=proposal.stage)
    write(document, insert("quite ", "say"), by=cast.ben)


def test_a_section_takes_two_keys(proposal: Proposal, cast: Cast) -> None:
    """[WF25] One half is not enough, and the checklist names the one who is missing."""
    confirmed(proposal, cast.amara)
    verdict = verdict_of(proposal, Move.SIGN)
    assert verdict is not None
    assert not verdict.open
    assert {missing.who for missing in verdict.missing} == {"Ben Adeyemi"}
    assert {missing.code for missing in verdict.missing} == {"confirmation"}
    confirmed(proposal, cast.ben)
    verdict = verdict_of(proposal, Move.SIGN)
    assert verdict is not None
    assert verdict.open


def test_an_edit_lapses_only_that_section(proposal: Proposal, cast: Cast) -> None:
    """[WF26] The other half sees that it lapsed, whose side wrote, and the words that changed."""
    confirmed(proposal, cast.amara, cast.ben)
    before = Confirmation.objects.count()
    changed(proposal, cast)
    states = {each.section.key: each for each in confirmations_of(proposal)}
    lapsed = [key for key, each in states.items() if each.section.lapsed]
    assert lapsed == ["summary"]
    amara = next(key for key in states["summary"].keys if key.side is Side.CLINICIAN)
    assert (amara.state, amara.written_by) == ("lapsed", (Side.MANAGER,))
    changes = changes_since(proposal, "summary", Side.CLINICIAN)
    assert changes is not None
    added = [p.text.strip() for line in changes.lines for p in line.pieces if p.kind == "added"]
    assert added == ["quite"]
    assert Confirmation.objects.count() == before


def test_one_confirms_what_one_saw(proposal: Proposal, cast: Cast) -> None:
    """[WF27] Words that came meanwhile are not confirmed by accident."""
    seen = next(section.hash for section in facts_of(proposal).sections if section.key == "summary")
    changed(proposal, cast)
    with pytest.raises(TextChanged, match="has changed since you opened this page"):
        services.confirm(proposal, "summary", seen, by=cast.amara)
    assert not Confirmation.objects.exists()


def test_bad_input_names_its_field(proposal: Proposal, cast: Cast) -> None:
    """[WF28] A section that does not exist is refused, and nothing is written."""
    with pytest.raises(BadInput) as refused:
        services.confirm(proposal, "nonsense", "0" * 64, by=cast.amara)
    assert refused.value.part == "section"
    assert not Confirmation.objects.exists()


def test_only_the_two_turn_keys(proposal: Proposal, cast: Cast) -> None:
    """[WF29] Nobody else confirms or signs for a half."""
    section = facts_of(proposal).sections[0]
    for person in (cast.mags, cast.dele, cast.chandra):
        with pytest.raises(PermissionDenied):
            services.confirm(proposal, section.key, section.hash, by=person)
        with pytest.raises(PermissionDenied):
            services.sign_off(proposal, facts_of(proposal).sha256, by=person)


def test_signing_once_makes_it_signed_once(proposal: Proposal, cast: Cast) -> None:
    """[WF30] Ready and signed are recorded once of each text; an edit ends both without a row."""
    first = signed(proposal, cast.amara, cast.ben)
    services.sign_off(proposal, first, by=cast.amara)
    moves = Transition.objects.filter(proposal=proposal)
    assert sorted(moves.values_list("move", flat=True)) == ["ready", "sign"]
    assert facts_of(proposal).is_signed
    changed(proposal, cast)
    assert facts_of(proposal).signed == frozenset()
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)
    signed(proposal, cast.amara, cast.ben)
    assert moves.filter(move="sign").count() == 2


def test_what_is_unsigned_is_not_handed_in(proposal: Proposal, cast: Cast) -> None:
    """[WF31] The refusal is the checklist; nothing is frozen."""
    with pytest.raises(GateShut) as refused:
        services.submit(proposal, by=cast.amara, patience=0)
    shown = verdict_of(proposal, Move.SUBMIT)
    assert shown is not None
    assert refused.value.missing == shown.missing
    assert {missing.code for missing in shown.missing} == {"confirmation", "signature"}
    assert not FrozenVersion.objects.exists()
    assert not Submission.objects.exists()


def test_handing_in_freezes_what_was_signed(proposal: Proposal, cast: Cast) -> None:
    """[WF32] One version, one submission, one row, one entry; the hash is the one that both signed."""
    said = signed(proposal, cast.amara, cast.ben)
    made = services.submit(proposal, by=cast.ben, patience=0)
    assert made.version.sha256 == said
    assert stage_of(proposal) == (Stage.CONCEPT, Status.SUBMITTED)
    assert proposal.committee == made.committee
    assert Transition.objects.filter(proposal=proposal, move="submit").count() == 1
    assert AuditEntry.objects.filter(verb="submit").count() == 1
    assert AuditEntry.objects.filter(verb="freeze").count() == 1
    with pytest.raises(GateShut, match="cannot be done where the proposal stands"):
        services.submit(proposal, by=cast.amara, patience=0)


def test_words_after_the_signatures_undo_the_handing_in(
    proposal: Proposal, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[WF32] What came in between the last look and the freeze leaves everything as it was."""
    signed(proposal, cast.amara, cast.ben)
    real = editing.freeze

    def late(document: Document, *, by: Person | None) -> FrozenVersion:
        changed(proposal, cast)
        return real(document, by=by)

    monkeypatch.setattr(editing, "freeze", late)
    with pytest.raises(TextChanged, match="wrote on after you both signed"):
        services.submit(proposal, by=cast.amara, patience=0)
    assert not FrozenVersion.objects.exists()
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)


def test_the_secretary_sends_back_with_a_list(proposal: Proposal, cast: Cast) -> None:
    """[WF34] The list waits in the margin and holds the next handing in until it is answered."""
    submitted(proposal, cast)
    services.send_back(proposal, [services.Change("Say what a nurse costs.", "size")], by=grace())
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)
    verdict = verdict_of(proposal, Move.SUBMIT)
    assert verdict is not None
    assert [(each.code, each.section, each.who) for each in verdict.missing] == [
        ("request", "size", "Amara Okafor and Ben Adeyemi")
    ]


def test_a_test_is_not_handed_in(proposal: Proposal, cast: Cast) -> None:
    """[WF33] On the lightest route two leads decide, not a committee."""
    Proposal.objects.update(route=Route.TEST.value)
    proposal.refresh_from_db()
    verdict = verdict_of(proposal, Move.SUBMIT)
    assert verdict is not None
    assert "route_a" in {missing.code for missing in verdict.missing}
