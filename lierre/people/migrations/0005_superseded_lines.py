"""A line that waits keeps what was understood of it, and steps aside when a later delivery brings it again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_initials_of_names")]

    operations = [
        migrations.AddField("quarantinedline", "facts", models.TextField(blank=True, default="")),
        migrations.AddField("quarantinedline", "asserted_on", models.CharField(blank=True, default="", max_length=10)),
        migrations.AddField(
            "quarantinedline",
            "superseded_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="supersedes",
                to="people.quarantinedline",
            ),
        ),
        migrations.AlterField(
            "quarantinedline",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("replayed", "corrected and taken"),
                    ("cleared", "repaired by a later file"),
                    ("superseded", "brought again by a later delivery"),
                    ("dropped", "set aside"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
    ]
