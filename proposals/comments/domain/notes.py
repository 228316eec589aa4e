"""Comments as numbered notes, for whoever reads the text on paper or takes it away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from proposals.editing.domain.markdown import escaped


@dataclass(frozen=True, slots=True)
class Voice:
    """One comment of a note; without a body it was deleted, or hidden for the reason that is given."""

    who: str
    when: str
    body: str = ""
    is_answer: bool = False
    hidden: str = ""

    @property
    def gap(self) -> str:
        """What stands where the words stood."""
        return (
            f"Hidden by the moderator: {self.hidden}"
            if self.hidden
            else "This comment was deleted by its author."
        )


@dataclass(frozen=True, slots=True)
class Note:
    """One thread, under the number that stands in the text behind its words, if they are still there."""

    number: int
    label: str
    state: str
    quote: str = ""
    removed: str = ""  # a sentence, when the words are gone
    voices: tuple[Voice, ...] = ()

    @property
    def sign(self) -> str:
        return f"[{self.number}]"

    @property
    def about(self) -> str:
        """What it is about, in a line."""
        return f"on “{' '.join(self.quote.split())}”" if self.quote else "on this whole part"


def notes_markdown(notes: Iterable[Note]) -> str:
    """The notes of one section, each with all that was said."""
    return "\n\n".join(part for note in notes for part in _note(note))


def with_notes(title: str, parts: Sequence[tuple[str, str, Sequence[Note]]]) -> str:
    """A whole document of (heading, Markdown, notes); parts with neither words nor notes are left out."""
    written = [f"# {_line(title)}"]
    for heading, said, notes in parts:
        if said or notes:
            comments = ["**Comments on this part**", notes_markdown(notes)] if notes else []
            written += [f"## {_line(heading)}", *([said] if said else []), *comments]
    return "\n\n".join(written) + "\n"


def _note(note: Note) -> Iterable[str]:
    facts = f"**{_line(note.label)}**, {_line(note.state)}, {_line(note.about)}."
    yield " ".join(each for each in (escaped(note.sign), facts, _line(note.removed)) if each)
    for voice in note.voices:
        answer = ", answer" if voice.is_answer else ""
        said = voice.body or escaped(voice.gap)
        yield _quoted(f"**{_line(voice.who)}**, {voice.when}{answer}:\n\n{said}")


def _quoted(markdown: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in markdown.split("\n"))


def _line(text: str) -> str:
    """Words on one line, in which nothing means anything to Markdown."""
    return escaped(" ".join(text.split()))
