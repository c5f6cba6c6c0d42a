"""Somebody may see the house in the place of somebody else, for half an hour."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_user_time_zone")]

    operations = [
        migrations.AddField("user", "replaced_until", models.DateTimeField(editable=False, null=True)),
        migrations.CreateModel(
            name="Acting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                ("until", models.DateTimeField(verbose_name="until")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                ("send_at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("told_at", models.DateTimeField(null=True, verbose_name="told at")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who acted",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in the place of",
                    ),
                ),
            ],
            options={
                "verbose_name": "acting in the place of somebody",
                "verbose_name_plural": "actings in the place of somebody",
                "ordering": ["-began_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor", models.F("user")), _negated=True),
                        name="nobody_acts_in_their_own_place",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("actor",),
                        name="one_acts_in_one_place_at_a_time",
                    ),
                ],
            },
        ),
    ]
