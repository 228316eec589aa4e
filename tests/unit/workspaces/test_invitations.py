"""Invitations as rows: sending, taking back, accepting, making an account."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.people import Cast, make_person
from tests.post import delivered
from workspaces import selectors, services
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import AuditEntry, Invitation, Mail, Membership, Person

NOOR = "noor@marlbeck.example"


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    return services.invite(cast.workspace, NOOR, Side.CLINICIAN, by=cast.amara)


def expire(invitation: Invitation) -> None:
    invitation.expires_at = timezone.now() - timedelta(minutes=1)
    invitation.save()


def test_the_mail_leaves_after_the_commit(cast: Cast) -> None:
    """[WS10]"""
    with TestCase.captureOnCommitCallbacks(execute=True):
        row = services.invite(
            cast.workspace, " Noor@Marlbeck.example ", Side.CLINICIAN, by=cast.amara, origin="https://coprod"
        )
        assert mail.outbox == []
    (letter,) = delivered()
    assert letter.to == [NOOR]
    assert letter.subject == "Amara Okafor invites you to Marlbeck Urgent Care"
    assert f"https://coprod/invitations/{row.token}/" in letter.body
    assert "Clinician" in letter.body
    assert "&" not in letter.body


def test_names_cannot_reach_into_the_headers(cast: Cast) -> None:
    """[WS24]"""
    cast.amara.name = "Amara\r\nBcc: everybody@example.org"
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.invite(cast.workspace, NOOR, Side.CLINICIAN, by=cast.amara, origin="https://coprod")
    (letter,) = delivered()
    assert letter.subject.startswith("Amara Bcc: everybody@example.org invites")
    assert letter.recipients() == [NOOR]


def test_a_broken_mail_server_does_not_undo_the_invitation(cast: Cast, settings: Settings) -> None:
    """[WS10] [NW8]"""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    services.invite(cast.workspace, NOOR, Side.CLINICIAN, by=cast.amara, origin="https://coprod")
    delivered()
    row = Mail.objects.get()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "refused" in row.reason
    assert row.leaves_at > timezone.now()


@pytest.mark.parametrize("who", ["mags", "dele", "eve"])
def test_only_those_who_look_after_it_invite(cast: Cast, invitation: Invitation, who: str) -> None:
    """[WS9]"""
    person: Person = getattr(cast, who)
    with pytest.raises(PermissionDenied, match="look after"):
        services.invite(cast.workspace, "x@marlbeck.example", Side.OTHER, by=person)
    with pytest.raises(PermissionDenied, match="look after"):
        services.revoke_invitation(invitation, by=person)


def test_no_second_invitation_while_one_waits(cast: Cast, invitation: Invitation) -> None:
    """[WS11]"""
    with pytest.raises(RefusedError, match="already waiting"):
        services.invite(cast.workspace, NOOR.upper(), Side.OTHER, by=cast.ben)
    expire(invitation)
    again = services.invite(cast.workspace, NOOR, Side.OTHER, by=cast.ben)
    assert list(selectors.open_invitations(cast.workspace)) == [again]


def test_members_are_not_invited(cast: Cast) -> None:
    """[WS11]"""
    with pytest.raises(RefusedError, match="Mags Doyle is already a member"):
        services.invite(cast.workspace, cast.mags.email, Side.OTHER, by=cast.amara)


def test_the_invited_person_joins_once(cast: Cast, invitation: Invitation) -> None:
    """[WS13]"""
    noor = make_person("Noor Aziz")
    joined = services.accept_invitation(invitation.token, by=noor, title=" Registrar ")
    assert (joined.side, joined.title, joined.is_admin) == ("clinician", "Registrar", False)
    assert services.accept_invitation(invitation.token, by=noor) == joined
    assert Membership.objects.filter(person=noor).count() == 1
    assert AuditEntry.objects.filter(verb="accept_invitation").count() == 1


def test_nobody_else_joins_by_it(cast: Cast, invitation: Invitation) -> None:
    """[WS10]"""
    with pytest.raises(PermissionDenied, match="and you are signed in as eve"):
        services.accept_invitation(invitation.token, by=cast.eve)
    assert selectors.membership_of(cast.eve, cast.workspace) is None


def test_it_works_once(cast: Cast, invitation: Invitation) -> None:
    """[WS10]"""
    membership = services.accept_invitation(invitation.token, by=make_person("Noor Aziz"))
    services.end_membership(membership, by=cast.amara)
    for person in (membership.person, cast.eve):
        with pytest.raises(RefusedError, match="already been used"):
            services.accept_invitation(invitation.token, by=person)


def test_expired_revoked_and_unknown_say_so(cast: Cast, invitation: Invitation) -> None:
    """[WS12]"""
    noor = make_person("Noor Aziz")
    services.revoke_invitation(invitation, by=cast.ben)
    services.revoke_invitation(invitation, by=cast.ben)
    with pytest.raises(RefusedError, match="Ask Amara Okafor"):
        services.accept_invitation(invitation.token, by=noor)
    invitation = services.invite(cast.workspace, NOOR, Side.OTHER, by=cast.ben)
    expire(invitation)
    with pytest.raises(RefusedError, match="Ask Ben Adeyemi"):
        services.join_by_invitation(invitation.token, name="Noor", password="correct-horse-battery")
    with pytest.raises(RefusedError, match="no such invitation"):
        services.accept_invitation("nonsense", by=noor)


def test_a_used_invitation_cannot_be_taken_back(cast: Cast, invitation: Invitation) -> None:
    services.accept_invitation(invitation.token, by=make_person("Noor Aziz"))
    with pytest.raises(RefusedError, match="end the membership instead"):
        services.revoke_invitation(invitation, by=cast.amara)


def test_an_account_comes_with_the_membership(cast: Cast, invitation: Invitation) -> None:
    """[WS14] [WS17]"""
    joined = services.join_by_invitation(
        invitation.token, name="Noor Aziz", password="correct-horse-battery", title="Registrar"
    )
    assert joined.person.email == NOOR
    assert joined.person.check_password("correct-horse-battery")
    assert not joined.person.is_staff
    verbs = AuditEntry.objects.filter(by=joined.person).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["open_account", "accept_invitation"]


def test_an_account_is_never_taken_over(cast: Cast, invitation: Invitation) -> None:
    """[WS14]"""
    noor = make_person("Noor Aziz")
    with pytest.raises(RefusedError, match="already an account"):
        services.join_by_invitation(invitation.token, name="Mallory", password="mallory-mallory")
    noor.refresh_from_db()
    assert not noor.check_password("mallory-mallory")


def test_tokens_cannot_be_guessed(cast: Cast, invitation: Invitation) -> None:
    other = services.invite(cast.workspace, "x@marlbeck.example", Side.OTHER, by=cast.amara)
    assert len(invitation.token) >= 40
    assert invitation.token != other.token
