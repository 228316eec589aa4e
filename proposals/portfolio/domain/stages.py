"""The stages of a proposal, in order, and what each is called."""

from enum import StrEnum


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
