"""Marks of those who asked to be erased."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_guards_and_defaults")]
    operations = [
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("mark", models.CharField(max_length=32, primary_key=True, serialize=False, verbose_name="mark")),
                ("together", models.CharField(db_index=True, max_length=12, verbose_name="of one person")),
                ("kept_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="kept on")),
            ],
            options={
                "verbose_name": "mark of somebody who was erased",
                "verbose_name_plural": "marks of those who were erased",
            },
        ),
    ]
