"""Publish the concept template, so that a fresh database can hold proposals at once."""

from django.db import migrations

from proposals.portfolio.domain.pathway import read
from proposals.portfolio.templates import PATHWAY, publish


def concept(apps, schema_editor):
    name = "concept-2026-1.toml"
    rows = (apps.get_model("portfolio", "Template"), apps.get_model("portfolio", "Section"))
    publish(read((PATHWAY / name).read_text("utf-8"), name), name, rows=rows)


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0002_initial")]
    operations = [migrations.RunPython(concept, migrations.RunPython.noop)]
