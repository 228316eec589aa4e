"""The criteria of the gates: each looks at one thing and says what is missing, where, and who supplies it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from proposals.portfolio.domain.stages import Route
from proposals.workflow.domain.facts import Facts
from workspaces.domain.pairing import PAIR_SIDES


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a move still needs. `section`: where to supply it, empty if that is no section."""

    code: str
    sentence: str
    section: str = ""
    who: str = ""


Criterion = Callable[[Facts], Iterable[Missing]]
MEASURE_KINDS = {"outcome": "an outcome", "process": "a process", "balancing": "a balancing"}
OPTION_KINDS = {"bau": "business as usual", "do_minimum": "do minimum"}


def text_readable(facts: Facts) -> Iterator[Missing]:
    if not facts.readable:
        yield Missing("readable", "The text could not be read just now. Try again in a minute.", who="coprod")


def pair_stands(facts: Facts) -> Iterator[Missing]:
    if not facts.pair_stands:
        yield Missing("pair", "A clinician and a manager have to stand together as a pair.", who=facts.both)


def route_chosen(facts: Facts) -> Iterator[Missing]:
    if facts.route is None:
        yield Missing(
            "route", "The six questions about the size of the idea are not answered yet.", who=facts.both
        )


def sections_complete(facts: Facts) -> Iterator[Missing]:
    for section in facts.sections:
        for sentence in section.lacks:
            yield Missing("section", sentence, section.key, facts.both)


def no_blocking_question(facts: Facts) -> Iterator[Missing]:
    for question in facts.questions:
        if question.of_committee:
            sentence = f"{question.asker} of the committee waits for an answer in the margin."
            yield Missing("request", sentence, question.section, facts.both)
            continue
        sentence = f"{question.asker} asked a question that blocks this. They close it once it is answered."
        yield Missing("question", sentence, question.section, question.asker)


def no_identifiers(facts: Facts) -> Iterator[Missing]:
    if facts.identifiers_clear is False:
        yield Missing("identifiers", "Something looks like a patient's details. Take it out.", who=facts.both)


def sections_confirmed(facts: Facts) -> Iterator[Missing]:
    for section in facts.sections:
        for side in section.waits_for:
            again = " again, since the text has changed" if side in section.lapsed else ""
            yield Missing(
                "confirmation",
                f"{facts.name(side)} has to confirm “{section.title}”{again}.",
                section.key,
                facts.name(side),
            )


def both_signed(facts: Facts) -> Iterator[Missing]:
    for side in PAIR_SIDES:
        if side not in facts.signed:
            yield Missing("signature", f"{facts.name(side)} has to sign this text.", who=facts.name(side))


def committee_seated(facts: Facts) -> Iterator[Missing]:
    if facts.committee is None:
        yield Missing(
            "committee",
            "There is no committee yet that can decide on this. Ask an administrator to set one up.",
            who="an administrator",
        )
        return
    for seat, name in (("secretary", facts.committee.secretary), ("chair", facts.committee.chair)):
        if not name:
            sentence = f"{facts.committee.name} has no {seat} yet. An administrator can name one."
            yield Missing(seat, sentence, who="an administrator")


def not_for_leads(facts: Facts) -> Iterator[Missing]:
    """A test that needs no committee goes to its joint leads instead."""
    if facts.route is Route.TEST:
        who = " and ".join(facts.leads) or "the two joint leads"
        yield Missing("route_a", f"A test is not submitted: {who} decide together.", who=who)


def route_is_test(facts: Facts) -> Iterator[Missing]:
    if facts.route is not Route.TEST:
        yield Missing("route", "Only an idea on the route “Test” goes ahead without a committee.")


def leads_named(facts: Facts) -> Iterator[Missing]:
    if len(facts.leads) < 2:
        sentence = "Name a clinical lead and a line manager, who are not the authors, to decide together."
        yield Missing("leads", sentence, who=facts.both)


def screened_safe(facts: Facts) -> Iterator[Missing]:
    if facts.no_harm is False and facts.qia_signed is not True:
        yield Missing(
            "safety",
            "An answer about safety is not “no”, so this needs a signed quality impact assessment.",
            "safety_screen",
            "the quality signatories",
        )


def assessments_signed(facts: Facts) -> Iterator[Missing]:
    named = (
        ("qia", facts.qia_signed, "The quality impact assessment"),
        ("ehia", facts.ehia_signed, "The equality and health inequalities assessment"),
    )
    for code, signed, name in named:
        if signed is False:
            sentence = f"{name} is not signed on what the case says now."
            yield Missing(code, sentence, who="the quality signatories")


def budgets_confirmed(facts: Facts) -> Iterator[Missing]:
    if facts.budgets_confirmed is False:
        sentence = "A budget holder has not yet confirmed a saving in money."
        yield Missing("budgets", sentence, "affordability", "the budget holder")


def measures_planned(facts: Facts) -> Iterator[Missing]:
    for kind, words in MEASURE_KINDS.items():
        if facts.measure_kinds is not None and kind not in facts.measure_kinds:
            sentence = f"The evaluation plan needs {words} measure."
            yield Missing("measures", sentence, "evaluation_plan", facts.both)


def options_compared(facts: Facts) -> Iterator[Missing]:
    for kind, words in OPTION_KINDS.items():
        if facts.option_kinds is not None and kind not in facts.option_kinds:
            yield Missing("options", f"The options need one that is “{words}”.", "options", facts.both)


def patients_answered(facts: Facts) -> Iterator[Missing]:
    if facts.patients_answered is False:
        sentence = "The patient partner has not yet said that their points were answered."
        yield Missing("voice", sentence, "involvement", "the patient partner")


def conditions_met(facts: Facts) -> Iterator[Missing]:
    for condition in facts.conditions:
        who = facts.committee.secretary if facts.committee else ""
        sentence = f"Before the start has to be met, and recorded by the committee: {condition}"
        yield Missing("condition", sentence, who=who or "the committee")


def quorum_there(facts: Facts) -> Iterator[Missing]:
    if facts.quorum is False:
        yield Missing("quorum", "Too few members who may decide this are present.", who="the chair")


def parent_exists(facts: Facts) -> Iterator[Missing]:
    if facts.committee is None or not facts.committee.parent:
        yield Missing("parent", "There is no committee above this one to take it up.", who="an administrator")
