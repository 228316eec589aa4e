"""Proposing, answering, renaming, and who stands beside the pair."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from proposals.portfolio import services, templates
from proposals.portfolio.access import abilities_for, may_write
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.pathway import read
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import Document, Proposal, Supporter, Template
from tests.people import Cast, join, make_person, make_workspace, people
from tests.proposals import concept_template
from workspaces import notices
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import AuditEntry, Membership, Person, Workspace


def place(person: Person) -> Membership:
    return Membership.objects.select_related("person").get(person=person, ended_at=None)


@pytest.fixture
def proposed(cast: Cast) -> Proposal:
    """Amara's, with Ben asked."""
    return services.propose(cast.workspace, "Fewer falls", place(cast.ben), by=cast.amara)


def deeds(proposal: Proposal) -> list[str]:
    return list(
        AuditEntry.objects.filter(target=f"proposal:{proposal.pk}")
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_a_proposal_begins(cast: Cast, proposed: Proposal) -> None:
    """[PF10] [PF12] One half is in, the other is asked; the document follows the template in force."""
    assert proposed.reference == f"MB-{timezone.localdate().year}-001"
    assert proposed.pair.clinician_accepted_at
    assert proposed.pair.manager_accepted_at is None
    document = Document.objects.get(proposal=proposed)
    assert (document.stage, document.template) == ("concept", concept_template())
    assert deeds(proposed) == ["propose"]


def test_a_manager_can_begin_too(cast: Cast) -> None:
    """[PF10] The sides are equals: either begins."""
    proposal = services.propose(cast.workspace, "Quiet room", place(cast.amara), by=cast.ben)
    assert proposal.pair.manager.person == cast.ben
    assert proposal.pair.clinician_accepted_at is None


@pytest.mark.parametrize(
    ("who", "whom"), [("amara", "chandra"), ("mags", "ben"), ("amara", "eve"), ("eve", "ben")]
)
def test_what_is_no_pair_is_refused(*, cast: Cast, who: str, whom: str) -> None:
    """[PF10] [PF18] One clinician, one manager, one workspace; a refusal leaves nothing behind."""
    with pytest.raises(RefusedError):
        services.propose(cast.workspace, "x", place(getattr(cast, whom)), by=getattr(cast, who))
    assert not Proposal.objects.exists()
    assert not AuditEntry.objects.exists()


def test_no_template_in_force_is_said(cast: Cast) -> None:
    """[PF17] Whoever can help is named."""
    Template.objects.update(valid_from=date(2999, 1, 1))
    with pytest.raises(RefusedError, match="Ask whoever runs coprod"):
        services.propose(cast.workspace, "x", place(cast.ben), by=cast.amara)


def test_the_newest_template_of_the_day(cast: Cast) -> None:
    """[PF12] Later versions count from their day; older proposals keep theirs."""
    old = concept_template()
    first = services.propose(cast.workspace, "x", place(cast.ben), by=cast.amara)
    newer = Template.objects.create(
        stage="concept", version="8", title="C", source="t", valid_from=timezone.localdate()
    )
    Template.objects.create(stage="concept", version="9", title="C", source="t", valid_from=date(2999, 1, 1))
    second = services.propose(cast.workspace, "y", place(cast.ben), by=cast.amara)
    assert [p.documents.get().template for p in (first, second)] == [old, newer]


def test_workspaces_with_one_prefix_share_the_numbers(cast: Cast, proposed: Proposal) -> None:
    """[PF11] Unique across the whole service, not only within a workspace."""
    other = make_workspace("Marlbeck Birth Centre", "MB", "Marlbeck Trust")
    colleague = join(cast.ben, other, Side.MANAGER)
    join(cast.amara, other, Side.CLINICIAN)
    second = services.propose(other, "Second", colleague, by=cast.amara)
    assert second.reference.endswith("-002")


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_get_two_references() -> None:
    """[PF11] Two threads, two connections, one workspace."""
    cast = people()
    concept_template()
    start = Barrier(2)

    def begin(workspace: Workspace, colleague: Membership, by: Person) -> None:
        start.wait(timeout=10)
        try:
            services.propose(workspace, "At once", colleague, by=by)
        finally:
            connections.close_all()

    sides = [(place(cast.ben), cast.amara), (place(cast.amara), cast.ben)]
    threads = [Thread(target=begin, args=(cast.workspace, whom, who)) for whom, who in sides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    references = Proposal.objects.order_by("reference").values_list("reference", flat=True)
    assert [reference[-3:] for reference in references] == ["001", "002"]


def test_accepting_opens_writing(cast: Cast, proposed: Proposal) -> None:
    """[PF13] [PF5] Nobody writes before; both do after."""
    document = proposed.documents.get()
    assert not may_write(cast.amara.pk, document.pk)
    services.accept(proposed, by=cast.ben)
    assert may_write(cast.amara.pk, document.pk)
    assert may_write(cast.ben.pk, document.pk)


def test_declining_leaves_a_way_on(cast: Cast, proposed: Proposal) -> None:
    """[PF13] The text stays; another colleague can be asked, and only by whoever had accepted."""
    services.decline(proposed, "Away from May.", by=cast.ben)
    proposed = Proposal.objects.get(pk=proposed.pk)
    assert proposed.pair.ended_at
    assert abilities_for(cast.amara, proposed)[Ability.PAIR_AGAIN].allowed
    assert not abilities_for(cast.ben, proposed)[Ability.PAIR_AGAIN].allowed
    document = proposed.documents.get()
    priya = join(make_person("Priya Nair"), cast.workspace, Side.MANAGER)
    services.pair_again(proposed, priya, by=cast.amara)
    services.accept(proposed, by=priya.person)
    assert proposed.documents.get() == document
    assert may_write(priya.person_id, document.pk)
    assert not may_write(cast.ben.pk, document.pk)
    assert deeds(proposed) == ["propose", "pair_again"]


def test_no_second_pair_while_one_lasts(cast: Cast, proposed: Proposal) -> None:
    """[PF13] Nobody is replaced behind their back."""
    with pytest.raises(RefusedError, match="has not ended"):
        services.pair_again(proposed, place(cast.ben), by=cast.amara)


def test_only_one_of_the_pair_asks_again(cast: Cast, proposed: Proposal) -> None:
    """[PF13] A third person cannot take an orphaned proposal over."""
    services.decline(proposed, "No.", by=cast.ben)
    other = join(make_person("Olu Bello"), cast.workspace, Side.CLINICIAN)
    with pytest.raises(RefusedError, match="Only somebody who was in the pair"):
        services.pair_again(Proposal.objects.get(pk=proposed.pk), place(cast.ben), by=other.person)


def test_another_title(cast: Cast, proposal: Proposal) -> None:
    """[PF14] The old title stays in the record; the same title is no deed."""
    old = proposal.title
    services.rename(proposal, "Frailty at the door", by=cast.ben)
    services.rename(proposal, "Frailty at the door", by=cast.ben)
    assert proposal.title == "Frailty at the door"
    entry = AuditEntry.objects.get(target=f"proposal:{proposal.pk}")
    assert (entry.by, entry.facts) == (cast.ben, {"old": old, "new": "Frailty at the door"})


@pytest.mark.parametrize("who", ["mags", "chandra", "dele"])
def test_any_member_can_read_along(*, cast: Cast, proposal: Proposal, who: str) -> None:
    """[PF16] [PF24] Whatever their side; added once, and without a right to write."""
    person = getattr(cast, who)
    services.add_supporter(proposal, place(person), Role.READER, by=cast.ben)
    assert abilities_for(person, proposal)[Ability.READ].allowed
    assert not may_write(person.pk, proposal.documents.get().pk)
    with pytest.raises(RefusedError, match="is already a reader here"):
        services.add_supporter(proposal, place(person), Role.READER, by=cast.amara)


def test_a_patient_partner_and_a_coach(cast: Cast, proposal: Proposal) -> None:
    """[PF16] Added once, and taken out again."""
    partner = services.add_supporter(proposal, place(cast.mags), Role.PATIENT_PARTNER, by=cast.amara)
    services.add_supporter(proposal, place(cast.dele), Role.COACH, by=cast.ben)
    document = proposal.documents.get()
    assert may_write(cast.mags.pk, document.pk)
    assert not may_write(cast.dele.pk, document.pk)
    with pytest.raises(RefusedError, match="already the patient partner"):
        services.add_supporter(proposal, place(cast.mags), Role.PATIENT_PARTNER, by=cast.ben)
    services.remove_supporter(partner, by=cast.ben)
    assert not may_write(cast.mags.pk, document.pk)
    assert deeds(proposal) == ["add_supporter", "add_supporter", "remove_supporter"]


@pytest.mark.parametrize(
    ("who", "role", "words"),
    [
        ("dele", Role.PATIENT_PARTNER, "did not join as a patient partner"),
        ("mags", Role.COACH, "a coach is a colleague"),
        ("ben", Role.COACH, "one of the pair already"),
        ("ben", Role.READER, "one of the pair already"),
        ("eve", Role.READER, "not a member of this workspace"),
        ("eve", Role.COACH, "not a member of this workspace"),
    ],
)
def test_who_cannot_stand_beside(*, cast: Cast, proposal: Proposal, who: str, role: Role, words: str) -> None:
    """[PF16] Each no says why."""
    with pytest.raises(RefusedError, match=words):
        services.add_supporter(proposal, place(getattr(cast, who)), role, by=cast.amara)
    assert not Supporter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_told_after_the_commit() -> None:
    """[PF18] Whoever is concerned hears of it once it is true, and never of what was undone."""
    cast = people()
    concept_template()
    heard: list[tuple[object, bool]] = []

    def hear(hint: notices.Payload) -> None:
        heard.append((hint["type"], connection.in_atomic_block))

    ends = [notices.subscribe(f"person.{cast.ben.pk}", hear)]
    proposal = services.propose(cast.workspace, "Fewer falls", place(cast.ben), by=cast.amara)
    assert ("proposal", False) in heard
    ends.append(notices.subscribe(f"proposal.{proposal.pk}", hear))
    heard.clear()

    def renamed_and_undone() -> None:
        with transaction.atomic():
            services.rename(proposal, "Undone", by=cast.amara)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        renamed_and_undone()
    services.rename(proposal, "Done", by=cast.amara)
    assert heard == [("rename", False)]
    assert deeds(proposal) == ["propose", "rename"]
    for end in ends:
        end()


def test_a_stage_is_opened_once(cast: Cast, proposed: Proposal) -> None:
    """[PF35] The same text comes back, and the record tells of the one time it was opened."""
    file = (templates.PATHWAY / "concept-2026-1.toml").read_text("utf-8")
    spec = read(file.replace('"concept"', '"business_case"').replace("2026.1", "9"), "t.toml")
    templates.publish(replace(spec, valid_from=timezone.localdate()), "t.toml")
    document = services.open_document(proposed, Stage.BUSINESS_CASE, by=cast.amara)
    assert services.open_document(proposed, Stage.BUSINESS_CASE, by=cast.ben) == document
    assert document.template.version == "9"
    assert deeds(proposed) == ["propose", "open_document"]


def test_a_stage_without_a_template_is_refused(cast: Cast, proposed: Proposal) -> None:
    """[PF35] With a sentence, and nothing is written."""
    with pytest.raises(RefusedError, match="No implementation template is in force"):
        services.open_document(proposed, Stage.IMPLEMENTATION, by=cast.amara)
    assert deeds(proposed) == ["propose"]


def test_an_organisation_s_own_template_comes_first(cast: Cast, proposed: Proposal) -> None:
    """[PF36] From its first day on, and for nobody else."""
    spec = read((templates.PATHWAY / "concept-2026-1.toml").read_text("utf-8"), "t.toml")
    today = timezone.localdate()
    ours = cast.workspace.organisation
    templates.publish(replace(spec, valid_from=today), "t.toml", organisation=ours)
    in_force = templates.in_force(Stage.CONCEPT, today, ours)
    assert in_force is not None
    assert in_force.organisation == ours
    for on, whose in ((today - timedelta(days=1), ours), (today, cast.elsewhere.organisation), (today, None)):
        other = templates.in_force(Stage.CONCEPT, on, whose)
        assert other is not None
        assert other.organisation is None
