"""Who hears of pairs, deputies, supporters and newcomers."""

from datetime import timedelta

from django.utils import timezone

from proposals.portfolio import services
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import Proposal
from tests.people import Cast, join, make_person
from tests.proposals import concept_template
from workspaces import services as people
from workspaces.domain.deputies import Term
from workspaces.domain.pairing import Side
from workspaces.models import Membership, News


def heard() -> list[tuple[str, str]]:
    """Who was told what, since this was last asked."""
    rows = News.objects.filter(pending=True).order_by("pk")
    found = [(row.person.name.split()[0], f"{row.kind}: {row.headline}") for row in rows]
    News.objects.update(pending=False)
    return found


def membership(cast: Cast, name: str) -> Membership:
    return Membership.objects.get(person__name__startswith=name, workspace=cast.workspace)


def test_asking_and_answering(cast: Cast) -> None:
    """[NW17]"""
    concept_template()
    ben = membership(cast, "Ben")
    made = services.propose(cast.workspace, "Shorter waits", ben, by=cast.amara)
    assert heard() == [("Ben", "assignment: Amara Okafor asks you to write a proposal together")]
    services.decline(made, "No time.", by=cast.ben)
    assert heard() == [("Amara", "pair: Ben Adeyemi has declined to write this together")]
    assert News.objects.latest("pk").text == "No time."
    assert not News.objects.filter(person=cast.ben, read_at=None).exists()
    services.pair_again(made, ben, by=cast.amara)
    services.accept(made, by=cast.ben)
    assert [who for who, _ in heard()] == ["Amara"]


def test_deputies_and_supporters(proposal: Proposal, cast: Cast) -> None:
    """[NW17]"""
    rhian = join(make_person("Rhian Castell"), cast.workspace, Side.CLINICIAN)
    today = timezone.localdate()
    term = Term(today, today + timedelta(days=7))
    services.appoint_deputy(proposal, rhian, side=Side.CLINICIAN, term=term, by=cast.amara)
    assert [(who, what.split(":")[0]) for who, what in heard()] == [("Rhian", "assignment"), ("Ben", "pair")]
    services.add_supporter(proposal, membership(cast, "Dele"), Role.READER, by=cast.ben)
    assert [who for who, _ in heard()] == ["Dele"]


def test_somebody_has_joined(cast: Cast) -> None:
    """[NW17]"""
    invitation = people.invite(cast.workspace, "noor@marlbeck.example", Side.OTHER, by=cast.amara)
    people.join_by_invitation(invitation.token, name="Noor Aziz", password="quiet-river-stone")
    assert heard() == [("Amara", "pair: Noor Aziz has joined Marlbeck Urgent Care")]
