"""Copies of films, made to fit what each network takes; what each picture looks like, to know it again."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

STATES = [
    ("waiting", "waits to be made"), ("making", "being made"), ("ready", "ready"), ("impossible", "cannot be made"),
]


class Migration(migrations.Migration):
    dependencies = [("publishing", "0014_letter_reviewers")]

    operations = [
        migrations.AddField(
            "medium", "look", models.CharField(blank=True, default="", editable=False, max_length=16)
        ),
        migrations.CreateModel(
            "FilmCopy",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=16)),
                ("planned", models.JSONField()),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=10)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("holder", models.CharField(blank=True, max_length=60)),
                ("lease_until", models.DateTimeField(null=True)),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="publishing.medium"
                    ),
                ),
            ],
            {
                "verbose_name": "copy of a film",
                "verbose_name_plural": "copies of films",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("medium", "mark"), name="a_film_is_copied_once_for_each_plan"),
                    models.CheckConstraint(
                        condition=models.Q(("state", "ready"), _negated=True) | models.Q(("size__gt", 0)),
                        name="a_copy_that_is_ready_weighs",
                    ),
                ],
            },
        ),
    ]
