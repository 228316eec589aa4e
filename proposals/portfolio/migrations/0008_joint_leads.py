"""The two who decide on a small test read the draft, so who they are is kept where access is decided."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SIDES = [
    ("clinician", "Clinician"),
    ("manager", "Manager"),
    ("patient_partner", "Patient partner"),
    ("other", "Other colleague"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0007_stages"),
        ("workspaces", "0007_news_unread"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JointLead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=SIDES, max_length=20)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="workspaces.membership",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="portfolio.proposal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("proposal", "side"),
                        name="one_joint_lead_a_side",
                    )
                ],
            },
        ),
    ]
