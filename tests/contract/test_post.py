"""Two senders race for the same mails: on either database each mail is in one hand, once."""

import uuid
from threading import Barrier, Thread

import pytest
from django.db import connection

from workspaces import post
from workspaces.models import Mail

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
