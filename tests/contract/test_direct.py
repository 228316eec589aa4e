"""The log's own transaction, on whichever database the tests run."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.db.transaction import TransactionManagementError

from proposals.editing.log import direct
from tests.people import people
from workspaces.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
RENAME = "UPDATE workspaces_person SET name = %s WHERE id = %s"


def named(person: Person) -> str:
    return Person.objects.values_list("name", flat=True).get(pk=person.pk)


def rename(person: Person, name: str, then: Callable[[direct.Direct], object]) -> None:
    with direct.transaction() as ours:
        ours.tell_each(RENAME, [(name, person.pk)])
        then(ours)


def test_what_fails_leaves_nothing() -> None:
    """[ED57] Whatever fails; the next transaction finds the connection free."""
    amara = people().amara
    for name in ("Once", "Twice"):
        with pytest.raises(ZeroDivisionError):
            rename(amara, name, lambda _: 1 / 0)
        assert named(amara) == amara.name
    rename(amara, "Amara again", lambda _: named(amara))
    assert named(amara) == "Amara again"


def test_the_database_fails_in_words_of_django() -> None:
    """[ED57] By them the writer knows what to try again."""
    amara = people().amara
    with pytest.raises(DatabaseError):
        rename(amara, "Once", lambda ours: ours.tell("UPDATE nothing_of_the_kind SET name = 1"))
    assert named(amara) == amara.name


def test_it_is_no_part_of_another() -> None:
    """[ED31] What it has written must be on the disk at its end, whoever called."""
    with pytest.raises(TransactionManagementError), transaction.atomic(), direct.transaction():
        pytest.fail("It has begun inside another one.")
