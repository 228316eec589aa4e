"""The table of abilities: every standing against every ability, and the reasons."""

from dataclasses import replace
from itertools import product

import pytest

from proposals.portfolio.domain.abilities import STRANGER, Ability, ProposalFacts, Standing, decide
from workspaces.domain.pairing import Side

CLINICIAN = Standing(side=Side.CLINICIAN, half=Side.CLINICIAN)
MANAGER = Standing(side=Side.MANAGER, half=Side.MANAGER)
DEPUTY = Standing(side=Side.MANAGER, half=Side.MANAGER, is_deputy=True)
PARTNER = Standing(side=Side.PATIENT_PARTNER, supporter="patient_partner")
COACH = Standing(side=Side.OTHER, supporter="coach")
READER = Standing(side=Side.OTHER, supporter="reader")
MEMBER = Standing(side=Side.OTHER)
PATIENT = Standing(side=Side.PATIENT_PARTNER)
SECRETARY = Standing(side=Side.OTHER, is_member=False, seat="secretary")
CHAIR = Standing(side=Side.OTHER, seat="chair")
SEATED = Standing(side=Side.OTHER, is_member=False, seat="member")
SEATED_AUTHOR = Standing(side=Side.CLINICIAN, half=Side.CLINICIAN, seat="chair")
INVITED_PATIENT = Standing(side=Side.PATIENT_PARTNER, supporter="reader")

LEAD = Standing(side=Side.MANAGER, is_lead=True)
LEAD_WHO_JOINED = Standing(side=Side.MANAGER, half=Side.MANAGER, is_deputy=True, is_lead=True)
SEATED_LEAD = Standing(side=Side.MANAGER, seat="chair", is_lead=True)
ADOPTED = ProposalFacts(status="adopted")
ABOVE = Standing(side=Side.OTHER, is_member=False, is_above=True)
AUTHOR_ABOVE = Standing(side=Side.CLINICIAN, half=Side.CLINICIAN, is_above=True)
DECLINED = ProposalFacts(status="declined", submitted=True)

STANDS = ProposalFacts(hosts="Amara Okafor or Ben Adeyemi")
WAITING = ProposalFacts(waiting=frozenset({Side.MANAGER}), waiting_names="Ben Adeyemi", hosts="Amara Okafor")
ENDED = ProposalFacts(pair_ended=True)
WITHDRAWN = ProposalFacts(withdrawn=True)
EARLIER = ProposalFacts(is_current_stage=False)
SUBMITTED = ProposalFacts(status="submitted", submitted=True)
SENT_BACK = ProposalFacts(submitted=True)

OWN = "rename appoint_deputy withdraw add_supporter implement name_leads"
HALF = f"view read read_version comment_version edit comment {OWN} confirm sign submit"
HALF_DECLINED = "view read read_version comment comment_version add_supporter ask_again"
ALLOWED = [
    (CLINICIAN, STANDS, HALF),
    (MANAGER, STANDS, HALF),
    (DEPUTY, STANDS, "view read read_version comment_version edit comment"),
    (PARTNER, STANDS, "view read read_version comment_version edit comment"),
    (COACH, STANDS, "view read read_version comment_version comment"),
    (READER, STANDS, "view read read_version comment_version comment"),
    (INVITED_PATIENT, STANDS, "view read read_version comment_version comment"),
    (PATIENT, STANDS, ""),
    (MEMBER, STANDS, "view"),
    (STRANGER, STANDS, ""),
    (CLINICIAN, WAITING, "view read read_version comment_version comment rename withdraw add_supporter"),
    (MANAGER, WAITING, "view read read_version comment_version comment accept"),
    (DEPUTY, WAITING, "view read read_version comment_version comment"),
    (PARTNER, WAITING, "view read read_version comment_version comment"),
    (MEMBER, WAITING, "view"),
    (CLINICIAN, ENDED, "view read read_version comment_version comment withdraw pair_again"),
    (DEPUTY, ENDED, "view read read_version comment_version comment"),
    (PARTNER, ENDED, "view read read_version comment_version comment"),
    (
        CLINICIAN,
        EARLIER,
        "view read read_version comment_version comment rename appoint_deputy withdraw add_supporter "
        "implement name_leads",
    ),
    (PARTNER, EARLIER, "view read read_version comment_version comment"),
    (READER, WAITING, "view read read_version comment_version comment"),
    (READER, ENDED, "view read read_version comment_version comment"),
    (MEMBER, ENDED, "view"),
    (MEMBER, EARLIER, "view"),
    (CLINICIAN, WITHDRAWN, "view read read_version"),
    (READER, WITHDRAWN, "view read read_version"),
    (PATIENT, WITHDRAWN, ""),
    (SECRETARY, STANDS, ""),
    (SECRETARY, SUBMITTED, "view read_version comment_version moderate screen schedule decide"),
    (SECRETARY, SENT_BACK, "view read_version comment_version moderate screen schedule decide"),
    (CHAIR, SUBMITTED, "view read_version comment_version moderate decide resume"),
    (SEATED, SUBMITTED, "view read_version comment_version"),
    (
        SEATED_AUTHOR,
        SUBMITTED,
        "view read read_version comment_version comment rename appoint_deputy withdraw add_supporter "
        "implement name_leads",
    ),
    (LEAD, STANDS, "view read read_version comment_version comment lead"),
    (LEAD, WAITING, "view read read_version comment_version comment lead"),
    (LEAD, WITHDRAWN, "view read read_version"),
    (LEAD, ADOPTED, "view read read_version comment_version comment"),
    (LEAD_WHO_JOINED, STANDS, "view read read_version comment_version edit comment"),
    (SEATED_LEAD, SUBMITTED, "view read read_version comment_version moderate comment lead"),
    (replace(MEMBER, is_admin=True), STANDS, "view"),
    (replace(READER, is_admin=True), STANDS, "view read read_version comment_version comment moderate"),
    (replace(CLINICIAN, is_admin=True), STANDS, HALF),
    (ABOVE, DECLINED, "view read_version comment_version reconsider"),
    (ABOVE, SUBMITTED, ""),
    (CLINICIAN, DECLINED, HALF_DECLINED),
    (AUTHOR_ABOVE, DECLINED, HALF_DECLINED),
    (CLINICIAN, ADOPTED, "view read read_version comment comment_version add_supporter"),
    (MEMBER, WITHDRAWN, "view"),
    (STRANGER, WITHDRAWN, ""),
]


@pytest.mark.parametrize(("standing", "facts", "allowed"), ALLOWED)
def test_who_may_do_what(standing: Standing, facts: ProposalFacts, allowed: str) -> None:
    """[PF4] [PF5] [PF7] [PF24] [PF27] [WF35] The whole table, read row by row."""
    grants = decide(standing, facts)
    assert {ability.value for ability, grant in grants.items() if grant.allowed} == set(allowed.split())


@pytest.mark.parametrize(
    ("standing", "facts"),
    list(
        product(
            [CLINICIAN, MANAGER, DEPUTY, PARTNER, COACH, READER, MEMBER, PATIENT, STRANGER],
            [STANDS, WAITING, ENDED, WITHDRAWN, EARLIER],
        )
    ),
)
def test_every_no_has_a_reason(standing: Standing, facts: ProposalFacts) -> None:
    """[PF2] A refusal is a sentence, a grant needs none."""
    for grant in decide(standing, facts).values():
        assert bool(grant.reason) is not grant.allowed
        assert grant.reason == "" or grant.reason.endswith(".")


@pytest.mark.parametrize(
    ("standing", "facts", "ability", "words"),
    [
        (CLINICIAN, WAITING, Ability.EDIT, "Waiting for Ben Adeyemi to accept"),
        (MANAGER, WAITING, Ability.EDIT, "Writing opens when you accept"),
        (MEMBER, STANDS, Ability.READ, "invite. Ask Amara Okafor or Ben Adeyemi to add you."),
        (MEMBER, WAITING, Ability.EDIT, "invite. Ask Amara Okafor to add you."),
        (MEMBER, WITHDRAWN, Ability.COMMENT, "Drafts are seen only by the pair and the people they invite."),
        (
            PATIENT,
            STANDS,
            Ability.VIEW,
            "Patient partners see the proposals to which a pair has invited them.",
        ),
        (READER, STANDS, Ability.EDIT, "Only the pair, their deputies and their patient partner"),
        (COACH, STANDS, Ability.EDIT, "Only the pair, their deputies and their patient partner"),
        (CLINICIAN, ENDED, Ability.EDIT, "pair has ended"),
        (CLINICIAN, WITHDRAWN, Ability.EDIT, "withdrawn"),
        (CLINICIAN, EARLIER, Ability.EDIT, "moved on"),
        (CLINICIAN, WAITING, Ability.ACCEPT, "Only Ben Adeyemi can accept"),
        (CLINICIAN, STANDS, Ability.ACCEPT, "Both have accepted"),
        (MANAGER, WAITING, Ability.RENAME, "once you have accepted"),
        (DEPUTY, STANDS, Ability.WITHDRAW, "Only the clinician and the manager"),
        (CLINICIAN, STANDS, Ability.PAIR_AGAIN, "has not ended"),
    ],
)
def test_the_reason_fits(*, standing: Standing, facts: ProposalFacts, ability: Ability, words: str) -> None:
    """[PF2] [PF25] The first thing in the way is what the person hears of."""
    assert words in decide(standing, facts)[ability].reason
