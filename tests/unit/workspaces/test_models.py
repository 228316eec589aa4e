"""Rows about people: how they are made and what they are called."""

from datetime import date

import pytest

from tests.people import PASSWORD, Cast
from workspaces import audit
from workspaces.models import Deputy, Person


@pytest.mark.django_db
def test_addresses_are_kept_and_found_without_case() -> None:
    noor = Person.objects.create_user(" Noor@Marlbeck.example ", PASSWORD, name="Noor Aziz")
    assert noor.email == "noor@marlbeck.example"
    assert Person.objects.get_by_natural_key("NOOR@marlbeck.example") == noor
    assert not noor.is_staff


@pytest.mark.django_db
def test_whoever_runs_the_site_has_all_rights() -> None:
    root = Person.objects.create_superuser("root@marlbeck.example", PASSWORD, name="Rosa Root")
    assert root.is_staff
    assert root.is_superuser


def test_rows_say_what_they_are(cast: Cast) -> None:
    membership = cast.pair.manager
    deputy = Deputy.objects.create(
        pair=cast.pair,
        side="manager",
        membership=membership,
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 2),
        appointed_by=cast.ben,
    )
    entry = audit.record(by=cast.ben, verb="end_pair", target="pair:7", workspace=cast.workspace, reason="x")
    named = [cast.amara, cast.workspace, cast.workspace.organisation, membership, cast.pair, deputy, entry]
    assert [str(row) for row in named] == [
        "Amara Okafor",
        "Marlbeck Urgent Care",
        "Marlbeck Trust",
        "Ben Adeyemi in Marlbeck Urgent Care",
        "Amara Okafor and Ben Adeyemi",
        "Ben Adeyemi for the manager",
        "end_pair pair:7",
    ]
    assert cast.amara.get_full_name() == "Amara Okafor"
    assert entry.facts == {"reason": "x"}
