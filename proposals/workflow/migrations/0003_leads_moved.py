"""Joint leads are kept by the portfolio from now on; whoever was named here goes with them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def copy(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Each row as it is."""
    new = apps.get_model("portfolio", "JointLead").objects
    for old in apps.get_model("workflow", "JointLead").objects.order_by("pk"):
        made = new.create(
            proposal_id=old.proposal_id,
            side=old.side,
            membership_id=old.membership_id,
            named_by_id=old.named_by_id,
            ended_at=old.ended_at,
        )
        new.filter(pk=made.pk).update(at=old.at)


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0002_withdrawn_is_closed"),
        ("portfolio", "0008_joint_leads"),
    ]

    operations = [
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.DeleteModel(name="JointLead"),
    ]
