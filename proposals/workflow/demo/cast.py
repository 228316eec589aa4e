"""The people of the demo and where they work. All are invented."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from proposals.portfolio.domain.routes import Level
from proposals.portfolio.models import DelegationLimit
from proposals.workflow.demo.clock import FIRST_DAY
from workspaces import audit
from workspaces.domain.pairing import Side
from workspaces.models import Committee, Membership, Organisation, Person, Seat, Workspace
from workspaces.services import seat

PASSWORD = "coprod-demo"  # noqa: S105 - printed by `make run`; such accounts exist only where DEBUG is on
DOMAIN = "marlbeck.example"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in the demo; the first name is the account."""

    account: str
    name: str
    side: Side
    title: str = ""
    is_admin: bool = False


MARLBECK = (
    Colleague("imre", "Dr Imre Tolland", Side.CLINICIAN, "Consultant geriatrician", is_admin=True),
    Colleague("petra", "Petra Westerdale", Side.MANAGER, "General manager, urgent care", is_admin=True),
    Colleague("mags", "Mags Orrin", Side.PATIENT_PARTNER, "Carer partner"),
    Colleague("sunil", "Sunil Abara", Side.OTHER, "Improvement faculty"),
    Colleague("chandra", "Chandra Menon", Side.OTHER, "Chair, Investment Committee"),
    Colleague("olive", "Olive Marchmont", Side.OTHER, "Chair of the trust"),
    Colleague("dele", "Dele Akande", Side.OTHER, "Director of estates"),
    Colleague("grace", "Grace Whitlock", Side.OTHER, "Committee secretary"),
    Colleague("rhian", "Rhian Castell", Side.CLINICIAN, "Advanced nurse practitioner"),
    Colleague("tomas", "Tomas Ferreira", Side.CLINICIAN, "Respiratory physiotherapist"),
    Colleague("joyce", "Joyce Adebola", Side.MANAGER, "Operations manager, medicine"),
    Colleague("callum", "Callum Reid", Side.MANAGER, "Outpatients manager"),
)
ELSEWHERE = (Colleague("eve", "Eve Hartley", Side.MANAGER, "Service manager", is_admin=True),)


@transaction.atomic
def people() -> Workspace:
    """Both trusts with their people, as far as they are not there yet; the one where the work is."""
    marlbeck = _workspace("Marlbeck Hospitals NHS Foundation Trust", "Urgent and emergency care", "MB")
    otherbeck = _workspace("Otherbeck Community NHS Trust", "Community services", "OB")
    password = make_password(PASSWORD)
    for workspace, colleagues in ((marlbeck, MARLBECK), (otherbeck, ELSEWHERE)):
        for colleague in colleagues:
            _join(colleague, workspace, password)
    _committee(marlbeck)
    return marlbeck


def _committee(workspace: Workspace) -> None:
    """The Investment Committee, the board above it, and who sits there."""
    trust = workspace.organisation
    board, is_new = Committee.objects.get_or_create(
        slug="trust-board", defaults={"organisation": trust, "name": "Trust Board"}
    )
    limits = {"revenue_limit": 8_000_000, "capital_limit": 1_000_000}
    source = "Scheme of delegation (invented, like everything in the demo)"
    for level, revenue, capital in (
        (Level.DIVISION, 100_000, 50_000),
        (Level.COMMITTEE, 8_000_000, 1_000_000),
    ):
        DelegationLimit.objects.get_or_create(
            organisation=trust,
            level=level.value,
            valid_from=FIRST_DAY,
            defaults={"revenue": revenue, "capital": capital, "source": source},
        )
    committee, made = Committee.objects.get_or_create(
        slug="investment-committee",
        defaults={"organisation": trust, "name": "Investment Committee", "parent": board, **limits}
        | {"limits_source": source},
    )
    keeper = membership("imre", workspace).person
    if is_new:
        seat(board, membership("olive", workspace).person, Seat.CHAIR, by=keeper)
    for account, role in (("chandra", Seat.CHAIR), ("grace", Seat.SECRETARY), ("dele", Seat.MEMBER)):
        if made:
            seat(committee, membership(account, workspace).person, role, by=keeper)


def membership(account: str, workspace: Workspace) -> Membership:
    return Membership.objects.select_related("person").get(
        person__email=f"{account}@{DOMAIN}", workspace=workspace, ended_at=None
    )


def _workspace(trust: str, name: str, prefix: str) -> Workspace:
    organisation, _ = Organisation.objects.get_or_create(
        name=trust, defaults={"slug": trust.split(maxsplit=1)[0].lower()}
    )
    workspace, _ = Workspace.objects.get_or_create(
        slug=name.lower().replace(" ", "-"),
        defaults={"organisation": organisation, "name": name, "reference_prefix": prefix},
    )
    return workspace


def _join(colleague: Colleague, workspace: Workspace, password: str) -> None:
    person, _ = Person.objects.get_or_create(
        email=f"{colleague.account}@{DOMAIN}", defaults={"name": colleague.name, "password": password}
    )
    if Membership.objects.filter(person=person, workspace=workspace).exists():
        return
    Membership.objects.create(
        person=person,
        workspace=workspace,
        side=colleague.side.value,
        title=colleague.title,
        is_admin=colleague.is_admin,
    )
    audit.record(by=person, verb="join", target=f"workspace:{workspace.pk}", workspace=workspace)
