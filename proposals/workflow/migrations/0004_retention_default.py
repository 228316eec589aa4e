"""A rule to keep closed proposals by, until an organisation enters its own."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

YEARS, VALID_FROM = 20, date(2023, 8, 7)
SOURCE = (
    "Records Management Code of Practice for health and social care, updated 7 August 2023: papers of a board and of "
    "committees that report to it, up to 20 years. A default: have your records manager check it."
)


def seed(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Only where nobody has entered a rule."""
    rows = apps.get_model("workflow", "Retention").objects
    if not rows.exists():
        rows.create(years=YEARS, valid_from=VALID_FROM, source=SOURCE)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0003_leads_moved")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
