"""The record under people who act at once: every deed has its place in one chain (SQLite and PostgreSQL)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.people import people
from workspaces import audit
from workspaces.models import AuditEntry, AuditHead

DEEDS, AT_ONCE = 15, 4


@pytest.mark.django_db(transaction=True)
def test_deeds_at_once_queue_up_in_one_chain() -> None:
    """[WS25]"""
    cast = people()
    chain = f"workspace:{cast.workspace.pk}"
    before = AuditEntry.objects.filter(head__chain=chain).count()

    def act(who: int) -> None:
        try:
            for deed in range(DEEDS):
                with transaction.atomic():
                    audit.record(
                        by=cast.amara, verb="deed", target=f"proposal:{who}", workspace=cast.workspace, n=deed
                    )
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(act, range(AT_ONCE)))
    numbers = AuditEntry.objects.filter(head__chain=chain).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, before + DEEDS * AT_ONCE + 1))
    assert [said for _head, said in audit.broken_chains()] == [""] * AuditHead.objects.count()
