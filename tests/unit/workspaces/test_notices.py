"""Hints after a commit."""

import logging

import pytest
from django.db import transaction
from django.test import TestCase

from workspaces import notices
from workspaces.notices import Payload


@pytest.mark.django_db
def test_a_hint_leaves_after_the_commit() -> None:
    """[WS18]"""
    heard: list[Payload] = []
    forget = notices.subscribe("person.1", heard.append)
    with TestCase.captureOnCommitCallbacks(execute=True):
        notices.publish("person.1", "pair", pair=7)
        assert heard == []
    assert heard == [{"type": "pair", "pair": 7}]
    forget()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_told() -> None:
    """[WS18]"""
    heard: list[Payload] = []
    forget = notices.subscribe("person.1", heard.append)
    with transaction.atomic():
        notices.publish("person.1", "pair", pair=7)
        transaction.set_rollback(True)
    notices.publish("person.1", "pair", pair=8)
    assert [hint["pair"] for hint in heard] == [8]
    forget()


def test_groups_are_apart_and_forgetting_works() -> None:
    memory = notices.Memory()
    heard: list[Payload] = []
    forget = memory.subscribe("person.1", heard.append)
    other = memory.subscribe("person.1", lambda _hint: None)
    memory.send("person.2", {"type": "pair"})
    memory.send("person.1", {"type": "pair"})
    for end in (forget, forget, other):
        end()
    memory.send("person.1", {"type": "pair"})
    assert heard == [{"type": "pair"}]


def test_one_deaf_listener_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """[WS18]"""

    def deaf(_hint: Payload) -> None:
        raise RuntimeError

    memory = notices.Memory()
    heard: list[Payload] = []
    memory.subscribe("person.1", deaf)
    memory.subscribe("person.1", heard.append)
    with caplog.at_level(logging.CRITICAL, logger="workspaces.notices"):
        memory.send("person.1", {"type": "pair"})
    assert len(heard) == 1


def test_an_unknown_scheme_is_named() -> None:
    with pytest.raises(ValueError, match="memory"):
        notices.transport_at("carrier-pigeon://")
