"""The stages of a proposal in order, where it stands inside one, its routes, and what each is called."""

from enum import StrEnum


class Status(StrEnum):
    """Where a proposal stands inside its stage.

    Ready and signed are not among them: they follow from what is written and who has signed exactly that, so
    an edit ends them without anybody writing a row.
    """

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    SCREENED = "screened"
    SCHEDULED = "scheduled"
    IN_REVIEW = "in_review"
    TESTING = "testing"
    MOBILISING = "mobilising"
    LIVE = "live"
    PAUSED = "paused"
    ADOPTED = "adopted"
    ABANDONED = "abandoned"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"

    @property
    def label(self) -> str:
        return {
            "drafting": "Being written",
            "submitted": "With the secretary",
            "in_review": "With the committee",
        }.get(self.value, self.value.replace("_", " ").capitalize())


class Route(StrEnum):
    """How much a proposal has to prove, by what is at stake (domain: proportionate routes)."""

    TEST = "A"
    SHORT = "B"
    FULL = "C"
    ESCALATED = "D"

    @property
    def label(self) -> str:
        return {"A": "Test", "B": "Short case", "C": "Full case", "D": "Escalated"}[self.value]


class Stage(StrEnum):
    """Where an idea stands on its way (reference: the Five Case Model's life cycle, in our words)."""

    CONCEPT = "concept"
    BUSINESS_CASE = "business_case"
    IMPLEMENTATION = "implementation"
    EVALUATION = "evaluation"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {
            "business_case": "Business case",
            "evaluation": "Patient-impact evaluation",
        }.get(self.value, self.value.title())
