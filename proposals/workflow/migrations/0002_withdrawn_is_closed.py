"""What was withdrawn before this was a move stood on at its stage; it is closed from now on."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def close(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Bring each to its end, with the row of the move and the person whose word it was."""
    proposals = apps.get_model("portfolio", "Proposal").objects.exclude(withdrawn_at=None).exclude(stage="closed")
    entries = apps.get_model("workspaces", "AuditEntry").objects.filter(verb="withdraw")
    transitions = apps.get_model("workflow", "Transition").objects
    for proposal in proposals:
        said = entries.filter(target=f"proposal:{proposal.pk}").order_by("-pk").first()
        made = transitions.create(
            proposal=proposal,
            move="withdraw",
            number=21,
            from_stage=proposal.stage,
            from_status=proposal.status,
            to_stage="closed",
            to_status="withdrawn",
            reason=proposal.withdrawn_reason,
            by_id=said.by_id if said else None,
        )
        transitions.filter(pk=made.pk).update(at=proposal.withdrawn_at)
        proposals.filter(pk=proposal.pk).update(stage="closed", status="withdrawn")


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0001_moves"),
        ("portfolio", "0007_stages"),
        ("workspaces", "0007_news_unread"),
    ]

    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
