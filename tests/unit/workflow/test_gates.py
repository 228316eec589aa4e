"""The gate on facts alone: what it asks, and how it says what is missing."""

from dataclasses import replace

from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.workflow.domain.facts import CommitteeFacts, Facts, Question, SectionFacts
from proposals.workflow.domain.gates import GATES, check, next_move
from proposals.workflow.domain.moves import RULES, Move
from workspaces.domain.pairing import PAIR_SIDES, Side

BOTH = frozenset(PAIR_SIDES)
WHOLE = Facts(
    stage=Stage.BUSINESS_CASE,
    status=Status.DRAFTING,
    route=Route.FULL,
    names={Side.CLINICIAN: "Amara Okafor", Side.MANAGER: "Ben Adeyemi"},
    sections=(SectionFacts("size", "Size", "ab", required=True, needs=BOTH, confirmed=BOTH),),
    sha256="cd",
    signed=BOTH,
    committee=CommitteeFacts("Investment committee", "Grace Lyle", "Chandra Rao"),
    measure_kinds=frozenset({"outcome", "process", "balancing"}),
    option_kinds=frozenset({"bau", "do_minimum", "preferred"}),
)


def test_a_whole_case_can_be_handed_in() -> None:
    """[WF24] What nobody can answer yet is not asked for."""
    assert WHOLE.qia_signed is None
    assert check(Stage.BUSINESS_CASE, Move.SUBMIT, WHOLE).open


def test_everything_is_said_at_once() -> None:
    """[WF23] Each missing thing says what, where and who."""
    poor = replace(
        WHOLE,
        signed=frozenset({Side.CLINICIAN}),
        questions=(Question("size", "Mags Doyle"),),
        measure_kinds=frozenset({"outcome"}),
        option_kinds=frozenset(),
        qia_signed=False,
        budgets_confirmed=False,
        patients_answered=False,
    )
    missing = check(Stage.BUSINESS_CASE, Move.SUBMIT, poor).missing
    assert [each.code for each in missing] == [
        "question",
        "signature",
        "qia",
        "budgets",
        "measures",
        "measures",
        "options",
        "options",
        "voice",
    ]
    assert all(each.who and each.sentence.endswith(".") for each in missing)
    assert missing[1].who == "Ben Adeyemi"


def test_what_a_committee_asked_is_for_the_pair_to_answer() -> None:
    """[WF23] [WF34] A question is closed by whoever asked it; a committee's request waits for the pair."""
    asked = (Question("size", "Mags Doyle"), Question("size", "Grace Lyle", of_committee=True))
    missing = check(Stage.BUSINESS_CASE, Move.SUBMIT, replace(WHOLE, questions=asked)).missing
    assert [(each.code, each.who) for each in missing] == [
        ("question", "Mags Doyle"),
        ("request", "Amara Okafor and Ben Adeyemi"),
    ]


def test_what_is_missing_is_told_by_who_can_supply_it() -> None:
    """[WF23] Nothing is left out or said twice, and confirmations stand together."""
    unread = SectionFacts("size", "Size", "ab", required=True, needs=BOTH, lacks=("Write something.",))
    verdict = check(Stage.BUSINESS_CASE, Move.SIGN, replace(WHOLE, sections=(unread,), route=None))
    told = [(part.who, len(part.things), len(part.confirmations)) for part in verdict.by_who]
    assert told == [("Amara Okafor and Ben Adeyemi", 2, 0), ("Amara Okafor", 0, 1), ("Ben Adeyemi", 0, 1)]
    everything = [each for part in verdict.by_who for each in (*part.things, *part.confirmations)]
    assert everything == list(verdict.missing)


def test_a_move_begins_where_the_table_says() -> None:
    """[WF21] From anywhere else, the gate is shut with a sentence about where the proposal stands."""
    for move in Move:
        for stage in Stage:
            for status in Status:
                facts = replace(WHOLE, stage=stage, status=status)
                if facts.state in RULES[move].sources:
                    continue
                assert [each.code for each in check(stage, move, facts).missing] == ["state"]


def test_the_next_move_can_be_asked_about() -> None:
    """[WF23] The page asks the gate of the move that comes next."""
    assert next_move(WHOLE) is Move.SUBMIT
    assert next_move(replace(WHOLE, signed=frozenset())) is Move.SIGN
    assert next_move(replace(WHOLE, stage=Stage.CONCEPT, route=Route.TEST)) is Move.TEST
    assert next_move(replace(WHOLE, stage=Stage.CLOSED, status=Status.ADOPTED)) is None


def test_every_gate_belongs_to_a_move_from_there() -> None:
    """[WF21] No gate stands where no move begins."""
    for stage, move in GATES:
        assert any(source.stage is stage for source in RULES[move].sources), (stage, move)
