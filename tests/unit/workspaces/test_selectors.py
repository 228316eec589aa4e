"""Which workspaces are mine, who is in them."""

import pytest
from django.http import Http404
from django.utils import timezone

from tests.people import Cast
from workspaces import selectors
from workspaces.domain.pairing import Side


def test_my_workspaces(cast: Cast) -> None:
    assert list(selectors.workspaces_for(cast.amara)) == [cast.workspace]
    assert list(selectors.workspaces_for(cast.eve)) == [cast.elsewhere]


def test_a_workspace_of_strangers_does_not_exist(cast: Cast) -> None:
    """[WS1]"""
    assert selectors.workspace_for(cast.ben, cast.workspace.slug) == cast.workspace
    with pytest.raises(Http404):
        selectors.workspace_for(cast.eve, cast.workspace.slug)
    with pytest.raises(Http404):
        selectors.workspace_for(cast.eve, "no-such-place")


def test_an_ended_membership_opens_nothing(cast: Cast) -> None:
    """[WS1]"""
    membership = selectors.membership_of(cast.dele, cast.workspace)
    assert membership is not None
    membership.ended_at = timezone.now()
    membership.save()
    assert selectors.membership_of(cast.dele, cast.workspace) is None
    assert not selectors.workspaces_for(cast.dele).exists()


def test_colleagues_by_name_and_side(cast: Cast) -> None:
    names = [member.person.name for member in selectors.colleagues(cast.workspace)]
    assert names == ["Amara Okafor", "Ben Adeyemi", "Chandra Rao", "Dele Ogun", "Mags Doyle"]
    assert [m.person for m in selectors.colleagues(cast.workspace, side=Side.MANAGER)] == [cast.ben]
