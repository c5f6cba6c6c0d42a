"""Somebody says that a record is theirs."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_names_searched_in_memory"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("address", "by an address that we hold"),
                            ("number", "by name, class, birth and a number"),
                        ],
                        max_length=8,
                        verbose_name="way",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("pending", "to judge"),
                            ("accepted", "accepted, the link is leaving"),
                            ("sent", "the link has left"),
                            ("linked", "the account is open"),
                            ("refused", "refused"),
                            ("dropped", "nothing was found"),
                        ],
                        default="received",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("given", models.CharField(blank=True, max_length=100, verbose_name="given name")),
                ("family", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="class")),
                ("born", models.CharField(blank=True, max_length=10, verbose_name="date of birth")),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="number")),
                ("vouched", models.BooleanField(default=False, verbose_name="vouched for")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("judged_by", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("turn", models.PositiveSmallIntegerField(default=0)),
                ("expires_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim of a record",
                "verbose_name_plural": "claims of records",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="people_clai_state_c6d22e_idx"),
                    models.Index(fields=["email"], name="people_clai_email_627b46_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["received", "pending", "dropped", "refused"]),
                            ("person__isnull", False),
                            _connector="OR",
                        ),
                        name="a_link_leads_to_somebody",
                    )
                ],
            },
        ),
    ]
