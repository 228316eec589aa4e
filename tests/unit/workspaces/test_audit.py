"""The record of deeds: bound entry by entry, in each workspace for itself, and proven on request."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.people import Cast
from workspaces import audit
from workspaces.models import AuditEntry


def prove() -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, stderr=out)
    return out.getvalue()


def three(cast: Cast) -> list[AuditEntry]:
    return [
        audit.record(
            by=cast.amara, verb="sign", target="proposal:1", workspace=cast.workspace, hash="a" * 64
        ),
        audit.record(
            by=None, verb="freeze", target="proposal:1", workspace=cast.workspace, words=["Größe", 3.5]
        ),
        audit.record(by=cast.ben, verb="rename", target="proposal:1", workspace=cast.workspace),
    ]


def test_each_entry_is_bound_to_the_one_before(cast: Cast) -> None:
    """[WS25]"""
    before = AuditEntry.objects.filter(workspace=cast.workspace).count()
    first, second, third = three(cast)
    assert [entry.number for entry in (first, second, third)] == [before + 1, before + 2, before + 3]
    assert second.previous == first.seal
    assert third.previous == second.seal
    assert f"workspace:{cast.workspace.pk}: {before + 3} entries, all as they were written." in prove()


def test_deeds_outside_a_workspace_have_a_chain_of_their_own(cast: Cast) -> None:
    """[WS25]"""
    entry = audit.record(by=cast.amara, verb="sign_in", target="person:1")
    assert (entry.number, entry.previous) == (1, "")
    assert "elsewhere: 1 entry, all as they were written." in prove()


def change_facts(entry: AuditEntry) -> None:
    AuditEntry.objects.filter(pk=entry.pk).update(facts={"words": ["Große", 3.5]})


def change_who(entry: AuditEntry) -> None:
    AuditEntry.objects.filter(pk=entry.pk).update(by=AuditEntry.objects.exclude(by=None).earliest("pk").by)


def remove(entry: AuditEntry) -> None:
    AuditEntry.objects.filter(pk=entry.pk).delete()


@pytest.mark.parametrize("harm", [change_facts, change_who, remove])
def test_the_first_broken_entry_is_named(cast: Cast, harm: object) -> None:
    """[WS25]"""
    entry = three(cast)[1]
    assert callable(harm)
    harm(entry)
    out = StringIO()
    with pytest.raises(CommandError, match="broken in 1 of its chains"):
        call_command("verify_audit", stdout=StringIO(), stderr=out)
    assert f"Entry {entry.number} " in out.getvalue()


def test_an_end_that_was_cut_off_is_found(cast: Cast) -> None:
    """[WS25]"""
    last = three(cast)[2]
    remove(last)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=StringIO(), stderr=out)
    assert f"should end with entry {last.number}, but ends with entry {last.number - 1}" in out.getvalue()


def test_an_entry_costs_three_queries(cast: Cast, django_assert_num_queries: object) -> None:
    """[WS25]"""
    three(cast)
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(3):
        audit.record(by=cast.amara, verb="sign", target="proposal:1", workspace=cast.workspace)
    assert connection.in_atomic_block
