"""A small test on pages: naming the two leads, letting it begin, and deciding on what it has shown."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.models import JointLead, Proposal
from proposals.workflow import services
from proposals.workflow.models import Consent
from proposals.workflow.selectors import facts_of
from tests.moving import begun, led, make_leads, signed, stage_of, written
from tests.people import Cast, as_
from workspaces.domain.pairing import Side
from workspaces.models import Person

HERE = "/proposals/MB-2026-001/"


def page(person: Person, rest: str = "", given: Mapping[str, object] | None = None) -> str:
    client = as_(person)
    answer = client.get(HERE + rest) if given is None else client.post(HERE + rest, given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def day(after: int) -> dict[str, object]:
    on = timezone.localdate() + timedelta(days=after)
    return {f"review_on_{part}": getattr(on, part) for part in ("day", "month", "year")}


def test_it_works(cast: Cast, proposal: Proposal) -> None:
    """[WF84] [WF85] [WF86] From naming the two to adopting it, every step on a page."""
    priya, gareth = let_begin(proposal, cast)
    assert "Tested since" in page(cast.ben, "evaluation-start/")
    page(cast.ben, "evaluation-start/", {"reason": "It has shown enough."})
    proposal.refresh_from_db()
    written(proposal, Route.TEST)
    said = {"seen": signed(proposal, cast.amara, cast.ben), "outcome": "adopt", "reason": "Nobody\r\nfell."}
    page(gareth, "conclusion/", said)
    told = page(priya, "conclusion/")
    assert "Gareth Pugh would adopt it." in told
    assert "Nobody\nfell.</textarea>" in told
    assert "It is decided." in page(priya, "conclusion/", said)
    assert stage_of(proposal) == (Stage.CLOSED, Status.ADOPTED)
    told = page(cast.dele)
    assert "Priya Nair and Gareth Pugh decided to adopt it: Nobody" in told
    assert 'coprod-steps__state">Adopted' in told


def let_begin(proposal: Proposal, cast: Cast) -> tuple[Person, Person]:
    """The two are named, and say yes one after the other."""
    written(proposal, Route.TEST)
    places = make_leads(cast)
    priya, gareth = places[Side.CLINICIAN].person, places[Side.MANAGER].person
    assert "Nobody has been named yet." in page(cast.amara)
    assert "Amara Okafor," not in page(cast.amara, "leads/")
    chosen = {side.value: membership.pk for side, membership in places.items()}
    named = page(cast.amara, "leads/", chosen)
    assert "Priya Nair, clinical lead" in named
    assert "Amara Okafor named Gareth Pugh as line manager" in named
    signed(proposal, cast.amara, cast.ben)
    assert f'href="{HERE}test-start/"' in page(priya)
    assert f'href="{HERE}test-start/"' not in page(cast.amara)
    assert "Read the concept" in page(priya, "test-start/")
    assert as_(priya).get(f"{HERE}concept/text/").status_code == 200
    seen = {"seen": facts_of(proposal).sha256}
    assert "It waits for the other lead." in page(priya, "test-start/", seen | day(20))
    assert "Take it back" in page(priya, "test-start/")
    assert "Priya Nair would let it begin, and look at what it has shown on" in page(gareth, "test-start/")
    begun_page = page(gareth, "test-start/", seen | day(20))
    assert "The test has begun." in begun_page
    assert "Priya Nair and Gareth Pugh let the test begin, until" in begun_page
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.TESTING)
    return priya, gareth


def test_taken_back(cast: Cast, proposal: Proposal) -> None:
    """[WF85] With one button."""
    leads = led(proposal, cast)
    page(leads.priya, "test-start/", {"seen": facts_of(proposal).sha256} | day(9))
    assert "You have taken it back." in page(leads.priya, "test-start/", {"take_back": "yes"})
    assert not Consent.objects.filter(ended_at=None).exists()


def test_what_is_missing_stands_in_place_of_the_form(cast: Cast, proposal: Proposal) -> None:
    """[WF85] A lead who comes before both have signed sees for what it waits; trying says the same."""
    written(proposal, Route.TEST)
    places = make_leads(cast)
    for side, membership in places.items():
        services.name_lead(proposal, side, membership, by=cast.ben)
    priya = places[Side.CLINICIAN].person
    assert "Amara Okafor has to sign this text." in page(priya, "test-start/")
    refused = as_(priya).post(f"{HERE}test-start/", {"seen": facts_of(proposal).sha256} | day(9))
    assert refused.status_code == 422
    assert "Amara Okafor has to sign this text." in refused.content.decode()


def test_a_day_and_an_outcome_that_are_wrong(cast: Cast, proposal: Proposal) -> None:
    """[WF85] [WF86] Said beside the field, and nothing is written."""
    leads = begun(proposal, cast)
    services.start_evaluation(proposal, "Enough.", by=cast.ben)
    proposal.refresh_from_db()
    written(proposal, Route.TEST)
    seen = {"seen": signed(proposal, cast.amara, cast.ben), "reason": "Too early."}
    for given, sentence in (
        (seen, "Choose what becomes of it."),
        (seen | {"outcome": "extend"}, "Say until when it is tested."),
        (seen | {"outcome": "extend"} | day(0), "Choose a day that is still to come."),
        (seen | {"outcome": "adopt", "seen": "0" * 64}, "The text has changed since you opened this page."),
    ):
        refused = as_(leads.priya).post(f"{HERE}conclusion/", given)
        assert refused.status_code == 422
        assert sentence in refused.content.decode()
    assert not Consent.objects.filter(ended_at=None).exists()


def test_who_names(cast: Cast, proposal: Proposal) -> None:
    """[WF84] Colleagues read how it works; a place with nobody to fill it says whom to invite."""
    assert "so a committee decides on it" in page(cast.amara, "leads/")
    written(proposal, Route.TEST)
    assert "There is no other clinician in this workspace." in page(cast.amara, "leads/")
    assert "Only the clinician and the manager of the pair can do this." in page(cast.dele, "leads/")
    assert as_(cast.dele).post(f"{HERE}leads/", {}).status_code == 403
    places = make_leads(cast)
    assert as_(cast.ben).post(f"{HERE}leads/", {"clinician": cast.pair.clinician_id}).status_code == 422
    assert not JointLead.objects.exists()
    begun_by = places[Side.CLINICIAN].person
    assert as_(begun_by).get(f"{HERE}test-start/").status_code == 403


def test_eve_gets_404(cast: Cast, proposal: Proposal) -> None:
    """[PF1] Not hers."""
    for rest in ("leads/", "test-start/", "conclusion/"):
        assert as_(cast.eve).get(HERE + rest).status_code == 404
        assert as_(cast.eve).post(HERE + rest).status_code == 404
