"""What happens to an account concerns every page that its person has open, wherever that is."""

from workspaces import audit, notices
from workspaces.models import Person


def signed_out(person_id: int) -> None:
    """A session has ended: pages opened with it close, others find that they go on."""
    notices.publish(f"person.{person_id}", "session", person=person_id)


def password_changed(person: Person) -> None:
    """Every session from before has ended with it."""
    audit.record(by=person, verb="change_password", target=f"person:{person.pk}")
    signed_out(person.pk)


def changed_by_administration(person_id: int) -> None:
    """Suspended, renamed, put on another side; the administration keeps its own record of it."""
    notices.publish(f"person.{person_id}", "account", person=person_id)
