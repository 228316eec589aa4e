# A primary key cannot become a composite one where it stands: the rows move into a table that has it.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COPY = """
INSERT INTO editing_leanupdate (epoch_id, seq, data, by_id, at, seal)
SELECT epoch_id, seq, data, by_id, at, seal FROM editing_update ORDER BY epoch_id, seq
"""
COPY_BACK = """
INSERT INTO editing_update (epoch_id, seq, data, by_id, at, seal)
SELECT epoch_id, seq, data, by_id, at, seal FROM editing_leanupdate ORDER BY epoch_id, seq
"""


class Migration(migrations.Migration):

    dependencies = [
        ('editing', '0005_quarantine'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LeanUpdate',
            fields=[
                ('pk', models.CompositePrimaryKey('epoch', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('epoch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='editing.epoch')),
                ('seq', models.BigIntegerField()),
                ('data', models.BinaryField()),
                ('by', models.ForeignKey(db_index=False, help_text='empty: the server', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
                ('seal', models.BinaryField(default=b'', help_text='binds it to the row before it: domain/seals.py')),
            ],
        ),
        migrations.RunSQL(COPY, COPY_BACK),
        migrations.DeleteModel('Update'),
        migrations.RenameModel('LeanUpdate', 'Update'),
    ]
