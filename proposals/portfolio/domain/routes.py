"""Which of four routes an idea takes, from six questions and what may be decided where."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from proposals.portfolio.domain.figures import figure
from proposals.portfolio.domain.stages import Route

YES, NO, UNSURE = "yes", "no", "unsure"
ANSWERS = ((YES, "Yes"), (NO, "No"), (UNSURE, "Not sure"))


class Level(StrEnum):
    """Who decides up to which sum."""

    TEAM = "team"
    DIVISION = "division"
    EXECUTIVE = "executive"
    COMMITTEE = "committee"

    @property
    def label(self) -> str:
        return {
            "team": "Team",
            "division": "Divisional board",
            "executive": "Executive group",
            "committee": "Investment committee",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the six. `because`: why a yes, or a doubt, asks for more than a test."""

    key: str
    text: str
    hint: str
    because: str


QUESTIONS = (
    Question(
        "recurrent",
        "Does it need new money each year?",
        "For example another post, or a licence.",
        "it needs new money each year",
    ),
    Question(
        "capital",
        "Does it need building work or equipment?",
        "What finance colleagues call capital.",
        "it needs building work or equipment",
    ),
    Question(
        "care",
        "Does it change who gets care, or where?",
        "Another place, other hours, or other people who are seen.",
        "it changes who gets care, or where",
    ),
    Question(
        "staff",
        "Would staff have to be consulted?",
        "For example about other hours, places or duties.",
        "staff would have to be consulted",
    ),
    Question(
        "data",
        "Is there a new flow of data or a new digital system?",
        "Also when data that exists goes to somebody new.",
        "there is a new flow of data or a new system",
    ),
    Question(
        "organisations",
        "Is more than one organisation part of it?",
        "Including general practice, the council and charities.",
        "more than one organisation is part of it",
    ),
)
MONEY = ("recurrent", "capital")


@dataclass(frozen=True, slots=True)
class Limit:
    """What one level may decide, in pounds over a scheme's whole life."""

    level: Level
    revenue: int
    capital: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Demands:
    """What a route asks of a pair, and who decides at its end."""

    short: str
    documents: tuple[str, ...]
    decides: str


ROUTE_DEMANDS = {
    Route.TEST: Demands(
        "a small test inside your team, with no new money",
        ("the concept", "a log of your tests", "a short evaluation"),
        "the clinical lead and the line manager, together",
    ),
    Route.SHORT: Demands(
        "a short case of eight sections",
        ("the concept", "a short business case", "a quality impact assessment", "the evaluation"),
        "the divisional board",
    ),
    Route.FULL: Demands(
        "a full business case",
        (
            "the concept",
            "a full business case",
            "a quality and an equality impact assessment",
            "the evaluation",
        ),
        "the investment committee",
    ),
    Route.ESCALATED: Demands(
        "a full business case that goes on to the board",
        (
            "the concept",
            "a full business case",
            "a quality and an equality impact assessment",
            "the evaluation",
        ),
        "the board, on the investment committee's advice; above national limits NHS England or the Treasury",
    ),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A route and the sentences that say why."""

    route: Route
    reasons: tuple[str, ...]


def suggest(answers: Mapping[str, str], limits: Mapping[Level, Limit]) -> Suggestion:
    """The lightest route that what was answered allows. Not sure counts as yes."""
    changes = [question for question in QUESTIONS if answers.get(question.key, UNSURE) != NO]
    if not changes:
        return Suggestion(Route.TEST, ("It needs no new money and changes nothing outside your team.",))
    reasons = tuple(_because(question, answers) for question in changes)
    sized, sentence = _by_money(answers, limits)
    return Suggestion(sized, (*reasons, sentence) if sentence else reasons)


def amounts(answers: Mapping[str, str]) -> tuple[Decimal | None, Decimal | None]:
    """Revenue and capital over the whole life; None where money is needed and nobody knows how much."""
    revenue, capital = (_amount(key, answers) for key in MONEY)
    return revenue, capital


def _because(question: Question, answers: Mapping[str, str]) -> str:
    doubt = "You are not sure whether " if answers.get(question.key, UNSURE) == UNSURE else ""
    said = question.because
    return f"{doubt}{said}." if doubt else f"{said[0].upper()}{said[1:]}."


def _by_money(answers: Mapping[str, str], limits: Mapping[Level, Limit]) -> tuple[Route, str]:
    revenue, capital = amounts(answers)
    known, reason = _by_amounts(revenue or Decimal(0), capital or Decimal(0), limits)
    if None in {revenue, capital} and known is not Route.ESCALATED:
        return Route.FULL, "How much money it needs is not known yet, so it counts as a large scheme for now."
    return known, reason


def _by_amounts(revenue: Decimal, capital: Decimal, limits: Mapping[Level, Limit]) -> tuple[Route, str]:
    if not revenue and not capital:
        return Route.SHORT, ""
    for level, route in ((Level.DIVISION, Route.SHORT), (Level.COMMITTEE, Route.FULL)):
        limit = limits.get(level)
        if limit and revenue <= limit.revenue and capital <= limit.capital:
            return route, f"The money is within what the {level.label.lower()} may decide."
    top = Level.COMMITTEE.label.lower()
    return Route.ESCALATED, f"The money is above what the {top} may decide."


def _amount(key: str, answers: Mapping[str, str]) -> Decimal | None:
    if answers.get(key) == NO:
        return Decimal(0)
    return figure(answers.get(f"{key}_amount", ""))
