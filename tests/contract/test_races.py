"""Races between processes that the log must win every time. ROUNDS in the environment asks for more."""

import os
import random
import time

import pytest
from pycrdt import Doc, Text

from proposals.editing import log
from proposals.editing.models import Checkpoint, Epoch, Update
from proposals.portfolio.models import Document
from tests.contract.racer import Racer
from tests.people import people
from tests.proposals import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("ROUNDS", "200"))


@pytest.fixture
def document(transactional_db: None) -> Document:
    return make_proposal(people().pair).documents.get()


def typed(client: int, words: int) -> list[bytes]:
    doc = Doc({"t:problem": Text()}, client_id=client)
    text, made = doc.get("t:problem", type=Text), list[bytes]()
    doc.observe(lambda event: made.append(event.update))
    for n in range(words):
        text.insert(len(str(text)), f"{client}.{n} ")
    return made


def test_nothing_enters_after_the_freeze(document: Document) -> None:
    """[ED120] Two processes write as fast as they can while a third closes: no row after the head, ever."""
    chance, nothing, late = random.Random(1), [b"\x00\x00"] * 10_000, 0
    with Racer() as one, Racer() as other:
        for number in range(1, ROUNDS + 1):
            epoch = Epoch.objects.create(document=document, number=number)
            for racer in (one, other):
                racer.order("write", epoch.pk, updates=nothing)
            time.sleep(chance.random() * 0.01)
            head = log.close(epoch.pk)
            answers = [one.written(), other.written()]
            assert [end for _, end in answers] == ["closed", "closed"]
            assert max(at for at, _ in answers) == head
            late += Update.objects.filter(epoch=epoch, seq__gt=head).count()
            assert Update.objects.filter(epoch=epoch).count() == Epoch.objects.get(pk=epoch.pk).head == head
            assert log.close(epoch.pk) is None
    assert late == 0


def test_compaction_loses_no_word(document: Document) -> None:
    """[ED58] Two processes compact while a third writes: every word is there, once."""
    updates, words, compactions = typed(1_001, 8), [f"1001.{n}" for n in range(8)], 0
    with Racer() as writes, Racer() as tidies:
        for number in range(1, ROUNDS + 1):
            epoch = Epoch.objects.create(document=document, number=number)
            writes.order("write", epoch.pk, updates=updates)
            tidies.order("compact", epoch.pk, until=8)
            while log.heads([epoch.pk])[epoch.pk][0] < 8:
                compactions += log.compact(epoch.pk)
            assert writes.written() == (8, "open")
            compactions += int(str(tidies.answer()))
            doc = Doc({"t:problem": Text()})
            doc.apply_update(log.merged(epoch.pk)[0])
            assert str(doc.get("t:problem", type=Text)).split() == words
            epoch.refresh_from_db()
            kept = sum(
                len(data) for data in Update.objects.filter(epoch=epoch).values_list("data", flat=True)
            )
            folded = Checkpoint.objects.filter(epoch=epoch).first()
            assert epoch.size == kept + (len(folded.data) if folded else 0)
    assert compactions > ROUNDS
