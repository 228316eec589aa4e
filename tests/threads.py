"""Threads for tests: a draft with words in it, people who write there, anchors as a browser makes them."""

from collections.abc import Callable

from django.utils import timezone
from pycrdt import Doc, Text

from proposals.comments import services
from proposals.comments.domain.anchors import given
from proposals.comments.domain.threads import Kind
from proposals.comments.models import Comment, Thread
from proposals.editing import log, scribe
from proposals.editing import services as editing
from proposals.editing.domain.content import Content
from proposals.editing.domain.seals import microseconds, seal
from proposals.editing.log.chain import end_of
from proposals.editing.models import Epoch, Update
from proposals.portfolio.access import access_of
from proposals.portfolio.models import Document
from workspaces.models import Person

SUMMARY = (
    "Older people wait too long at the front door.\n\n"
    "A frailty team would see them within £40 an hour of naïve costs 😀 on most days.\n\n"
    "Nobody should wait in a corridor for a bed.\n"
)
ROOT = "t:summary"


def begun(document: Document) -> Epoch:
    """The draft with its first words."""
    return editing.seed_content(document, Content(texts={"summary": SUMMARY, "problem": "Beds are few.\n"}))


def said(document: Document, root: str = ROOT) -> str:
    """What the section's shared text says, openings of blocks included."""
    return opened(document).get(root, type=Text).to_py() or ""


def opened(document: Document) -> Doc[Text]:
    epoch = Epoch.objects.get(document=document, closed_at=None)
    doc: Doc[Text] = Doc()
    doc.apply_update(log.merged(epoch.pk)[0])
    return doc


def anchor_on(document: Document, words: str, root: str = ROOT) -> dict[str, object]:
    """What a browser sends when these words are selected."""
    text = said(document, root)
    at = text.index(words)
    epoch = Epoch.objects.get(document=document, closed_at=None)
    named = scribe.name(log.merged(epoch.pk)[0], [(root, at, at + len(words))])[0]
    assert named is not None
    return {"start": named[0].as_json(), "end": named[1].as_json(), "quote": words}


def write(document: Document, change: Callable[[Text], object], *, by: Person, root: str = ROOT) -> int:
    """Somebody edits the text; the new seq."""
    epoch = Epoch.objects.get(document=document, closed_at=None)
    doc = opened(document)
    before = doc.get_state()
    change(doc.get(root, type=Text))
    epoch.head += 1
    epoch.save(update_fields=["head"])
    data = doc.get_update(before)
    now = timezone.now()
    bond = seal(end_of(epoch.pk, epoch.head - 1), epoch.head, by.pk, at=microseconds(now), data=data)
    Update.objects.create(epoch=epoch, seq=epoch.head, data=data, by=by, at=now, seal=bond)
    return epoch.head


def at(text: Text, words: str) -> int:
    """Where words begin, in the bytes that the library counts."""
    return str(text).encode().index(words.encode())


def insert(words: str, before: str) -> Callable[[Text], object]:
    return lambda text: text.insert(at(text, before), words)


def cut(words: str) -> Callable[[Text], object]:
    def change(text: Text) -> None:
        start = at(text, words)
        del text[start : start + len(words.encode())]

    return change


def open_thread(
    document: Document, words: str = "", *, by: Person, body: str = "Is that so?", kind: Kind = Kind.COMMENT
) -> Thread:
    """A thread on these words of the summary, or on the whole section."""
    sent = anchor_on(document, words) if words else None
    anchor = given(sent["start"], sent["end"], words, section="summary") if sent else None
    draft = services.Draft(section="summary", body=body, kind=kind, anchor=anchor)
    return services.open_thread(access_of(by, document), draft, by=by)[0]


def comment(thread: Thread, number: int = 1) -> Comment:
    return Comment.objects.get(thread=thread, number=number)
