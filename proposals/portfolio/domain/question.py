"""The single fields of a form and the columns of a table, as a template file says them."""

from proposals.portfolio.domain.place import Place

KIND_LABELS = {
    "text": "A line of text",
    "longtext": "A few lines of text",
    "number": "A number",
    "money": "An amount in pounds",
    "percent": "A percentage",
    "date": "A day",
    "yesno": "Yes or no",
    "choice": "One of several answers",
}
KINDS = tuple(KIND_LABELS)
FIELD_KEYS = ("key", "label", "hint", "kind", "choices", "required")
COLUMN_KEYS = (*FIELD_KEYS, "at_least", "each", "unique")

# {"key", "label", "hint", "kind"}, and of "choices", "required", "at_least", "each", "unique" what is said.
Field = dict[str, object]


def questions(section: Place, kind: str) -> tuple[Field, ...]:
    """The fields, or the columns, of a section."""
    places = section.tables(kind)
    found = tuple(_question(place, COLUMN_KEYS if kind == "column" else FIELD_KEYS) for place in places)
    section.unlike(kind, places)
    return found


def _question(place: Place, known: tuple[str, ...]) -> Field:
    place.known(known)
    kind = place.one_of("kind", KINDS)
    question: Field = {
        "key": place.key(),
        "label": place.text("label"),
        "hint": place.text("hint", empty=True),
        "kind": kind,
    }
    if kind == "choice":
        question["choices"] = _choices(place)
    elif "choices" in place.said:
        raise place.wrong("only a field of kind choice has choices.", "choices")
    for rule in ("required", "unique"):
        if rule in place.said:
            question[rule] = place.flag(rule)
    if (least := place.count("at_least")) is not None:
        question["at_least"] = least
    if "each" in place.said:
        question["each"] = _each(place, question)
    return question


def _choices(place: Place) -> list[list[str]]:
    said = place.said.get("choices")
    pairs = said if isinstance(said, list) else []
    found = [
        [str(part) for part in pair]
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) and part for part in pair)
    ]
    if len(found) < 2 or len(found) != len(pairs):
        raise place.wrong('choices are at least two pairs such as ["yes", "Yes"].', "choices")
    if len({value for value, _label in found}) < len(found):
        raise place.wrong("two choices have the same value.", "choices")
    return found


def _each(place: Place, question: Field) -> list[str]:
    """The choices of which a table needs at least one row."""
    said = place.said["each"]
    pairs = question.get("choices")
    known = [pair[0] for pair in pairs] if isinstance(pairs, list) else []
    if not isinstance(said, list) or not said or not all(value in known for value in said):
        raise place.wrong(
            f'each is a list such as ["{known[0] if known else "outcome"}"] of the choices above.', "each"
        )
    return [str(value) for value in said]
