"""The people every test knows: a workspace with a standing pair and colleagues; Eve from another trust."""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from workspaces.domain.pairing import Side
from workspaces.models import Membership, Organisation, Pair, Person, Workspace

PASSWORD = "correct-horse-battery"


@dataclass(frozen=True)
class Cast:
    """Everybody and where they work."""

    workspace: Workspace
    elsewhere: Workspace
    amara: Person
    ben: Person
    mags: Person
    chandra: Person
    dele: Person
    eve: Person
    pair: Pair


@cache
def hashed() -> str:
    """Hashing is slow on purpose; once is enough for a whole run."""
    return make_password(PASSWORD)


def make_person(name: str) -> Person:
    first = name.split(maxsplit=1)[0].lower()
    return Person.objects.create(email=f"{first}@marlbeck.example", name=name, password=hashed())


def join(person: Person, workspace: Workspace, side: Side, **facts: object) -> Membership:
    return Membership.objects.create(person=person, workspace=workspace, side=side.value, **facts)


def make_workspace(name: str, prefix: str, organisation: str) -> Workspace:
    trust, _ = Organisation.objects.get_or_create(
        name=organisation, defaults={"slug": organisation.lower().replace(" ", "-")}
    )
    return Workspace.objects.create(
        organisation=trust, name=name, slug=name.lower().replace(" ", "-"), reference_prefix=prefix
    )


def make_pair(clinician: Membership, manager: Membership, *, stands: bool = True) -> Pair:
    """A pair proposed by the clinician; with `stands`, accepted by the manager too."""
    now = timezone.now()
    return Pair.objects.create(
        workspace=clinician.workspace,
        clinician=clinician,
        manager=manager,
        proposed_by=clinician.person,
        clinician_accepted_at=now,
        manager_accepted_at=now if stands else None,
    )


def people() -> Cast:
    """Amara and Ben are the pair and may invite; Mags is the patient partner; Eve is outside."""
    workspace = make_workspace("Marlbeck Urgent Care", "MB", "Marlbeck Trust")
    elsewhere = make_workspace("Thornby Surgery", "TS", "Thornby Trust")
    amara, ben = make_person("Amara Okafor"), make_person("Ben Adeyemi")
    mags, chandra, dele = make_person("Mags Doyle"), make_person("Chandra Rao"), make_person("Dele Ogun")
    eve = make_person("Eve Marsh")
    clinician = join(amara, workspace, Side.CLINICIAN, title="Consultant, emergency medicine", is_admin=True)
    manager = join(ben, workspace, Side.MANAGER, title="Service manager", is_admin=True)
    join(mags, workspace, Side.PATIENT_PARTNER)
    join(chandra, workspace, Side.OTHER, title="Chair, improvement committee")
    join(dele, workspace, Side.OTHER, title="Finance business partner")
    join(eve, elsewhere, Side.CLINICIAN, is_admin=True)
    pair = make_pair(clinician, manager)
    return Cast(workspace, elsewhere, amara, ben, mags, chandra, dele, eve, pair)


def as_(person: Person) -> Client:
    """A browser in which the person has signed in."""
    client = Client()
    client.force_login(person)
    return client
