"""A mail's way out, step by step."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from workspaces import post
from workspaces.domain.post import LEASE, MOST_ATTEMPTS, State
from workspaces.models import Mail

pytestmark = pytest.mark.django_db
ME, OTHER = uuid.uuid4(), uuid.uuid4()


def written() -> Mail:
    return post.write(to="noor@marlbeck.example", subject="Hello\nNoor", text="A key: 12345")


def in_hand(by: uuid.UUID = ME) -> Mail:
    mail = post.claim(by)
    assert mail is not None
    return mail


def now(mail: Mail) -> Mail:
    mail.refresh_from_db()
    return mail


@pytest.mark.django_db(transaction=True)
def test_what_did_not_happen_is_not_mailed() -> None:
    """[NW6]"""
    with transaction.atomic():
        written()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_it_leaves_once() -> None:
    """[NW7]"""
    mail = written()
    post.sent(in_hand())
    assert post.claim(OTHER) is None
    assert (now(mail).state, mail.attempts, mail.text, mail.reason) == ("sent", 1, "", "")
    assert mail.sent_at is not None
    assert mail.subject == "Hello Noor"


def test_it_does_not_leave_before_its_time() -> None:
    mail = written()
    Mail.objects.update(leaves_at=timezone.now() + timedelta(minutes=5))
    assert post.claim(ME) is None
    assert post.next_due() == now(mail).leaves_at


def test_whoever_died_over_it_loses_it() -> None:
    """[NW7]"""
    mail = written()
    dead = in_hand()
    assert post.claim(OTHER) is None
    Mail.objects.update(taken_at=timezone.now() - LEASE)
    assert in_hand(OTHER).uid == mail.uid
    post.failed(dead, "I was only asleep.", for_good=True)
    post.sent(dead)
    assert (now(mail).state, mail.taken_by) == ("leaving", OTHER)


def test_it_is_tried_again_and_then_given_up() -> None:
    """[NW8]"""
    mail = written()
    pauses = []
    for _ in range(MOST_ATTEMPTS):
        before = timezone.now()
        post.failed(in_hand(), "The mail server did not answer.", for_good=False)
        pauses.append(now(mail).leaves_at - before)
        assert mail.reason == "The mail server did not answer."
        Mail.objects.update(leaves_at=before)
    assert [round(pause.total_seconds() / 60) for pause in pauses[:6]] == [1, 5, 15, 60, 240, 240]
    assert (mail.state, mail.text) == (State.FAILED, "")
    assert post.claim(ME) is None


def test_an_address_that_is_refused_is_not_tried_again() -> None:
    """[NW8]"""
    mail = written()
    post.failed(in_hand(), "550 no such person", for_good=True)
    assert (now(mail).state, mail.reason, mail.text) == ("failed", "550 no such person", "")


def test_a_mail_that_kills_its_senders_is_given_up() -> None:
    """[NW8]"""
    mail = written()
    for _ in range(MOST_ATTEMPTS):
        in_hand()
        Mail.objects.update(taken_at=timezone.now() - LEASE)
    assert post.claim(ME) is None
    assert now(mail).state == "failed"
    assert "tried 12 times" in mail.reason
