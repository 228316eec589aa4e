"""Answers that other parts of the product give. One that nobody can give yet is None: not demanded."""

from collections.abc import Sequence

from proposals.editing.domain.content import Content
from proposals.portfolio.models import Section

NO = "no"


def no_harm(sections: Sequence[Section], content: Content) -> bool | None:
    """Whether every answer of the safety screen is no; a doubt counts as yes."""
    screen = next((section for section in sections if section.key == "safety_screen"), None)
    if screen is None or not screen.fields:
        return None
    said = content.forms.get(screen.key, {})
    return all(said.get(str(field["key"])) == NO for field in screen.fields if field.get("kind") in KINDS)


KINDS = {"choice", "yesno"}


def kinds_in(register: str, sections: Sequence[Section], content: Content) -> frozenset[str] | None:
    """The kinds of row that a table has; None where the text has no such table, or it knows no kinds."""
    section = next((section for section in sections if section.key == register), None)
    if section is None or not any(column["key"] == "kind" for column in section.columns):
        return None
    return frozenset(row.get("kind", "") for row in content.registers.get(register, []))


def patients_answered(sections: Sequence[Section], content: Content) -> bool | None:
    """At least one point that the patient partner calls answered; None where nobody is asked.

    Where there is no partner, the text says why (a section that is required anyway).
    """
    section = next((section for section in sections if section.key == "involvement"), None)
    if section is None or not any(column["key"] == "answered" for column in section.columns):
        return None
    if content.texts.get("involvement", "").strip() and not content.registers.get("involvement"):
        return True
    return any(row.get("answered") == "yes" for row in content.registers.get("involvement", []))
