"""Two senders race for the same mails: on either database each mail is in one hand, once."""

import uuid
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection

from proposals.news.services import send_due
from tests.people import people
from tests.proposals import make_proposal
from workspaces import post, services
from workspaces.domain.news import Kind, Piece
from workspaces.models import Mail, News

MANY = 60


@pytest.mark.django_db(transaction=True)
def test_each_mail_leaves_once() -> None:
    """[NW7]"""
    Mail.objects.bulk_create([Mail(to=f"p{number}@marlbeck.example") for number in range(MANY)])
    start, taken = Barrier(2), dict[uuid.UUID, list[int]]()

    def send(me: uuid.UUID) -> None:
        mine = taken.setdefault(me, [])
        start.wait(10)
        try:
            while Mail.objects.filter(state="waiting").exists():
                if mail := post.claim(me):
                    mine.append(mail.pk)
                    post.sent(mail)
        finally:
            connection.close()

    senders = [Thread(target=send, args=(uuid.uuid4(),)) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
    one, other = taken.values()
    assert sorted(one + other) == sorted(Mail.objects.values_list("pk", flat=True))
    assert set(Mail.objects.values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.django_db(transaction=True)
def test_each_piece_of_news_is_mailed_once() -> None:
    """[NW5] [NW7] Two senders gather and send while news keep coming."""
    cast = people()
    proposal = make_proposal(cast.pair)
    stop = Barrier(3)
    done: list[int] = []

    def send() -> None:
        me = uuid.uuid4()
        stop.wait(10)
        try:
            while not done or News.objects.filter(pending=True).exists():
                send_due(me)
            send_due(me)
        finally:
            connection.close()

    senders = [Thread(target=send) for _ in range(2)]
    for sender in senders:
        sender.start()
    stop.wait(10)
    for number in range(MANY):
        piece = Piece(Kind.MENTION, f"News {number}.", "/", proposal=proposal.pk)
        services.tell([cast.amara.pk, cast.ben.pk], piece, by=None)
    done.append(1)
    for sender in senders:
        sender.join(60)
    said = "".join(f"{letter.to[0]} {letter.body}" for letter in mail.outbox)
    assert [said.count(f"News {number}.") for number in range(MANY)] == [2] * MANY
    assert set(Mail.objects.values_list("state", "attempts")) == {("sent", 1)}
