"""What people say to the institution on networks, and how far each account was listened to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [("answer", "answer"), ("mention", "mention"), ("quote", "quotation")]
STATES = [("", "waits"), ("handled", "handled"), ("nothing", "nothing to do")]


class Migration(migrations.Migration):
    dependencies = [("publishing", "0015_films"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            "Hearing",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cursor", models.CharField(blank=True, max_length=1000)),
                ("next_at", models.DateTimeField(db_index=True)),
                ("heard_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hearing", to="publishing.account"
                    ),
                ),
            ],
            options={"verbose_name": "listening to an account", "verbose_name_plural": "listening to accounts"},
        ),
        migrations.CreateModel(
            "Heard",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network_id", models.CharField(max_length=300)),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("author", models.CharField(blank=True, max_length=200)),
                ("handle", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("permalink", models.URLField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("after", models.JSONField(null=True)),
                ("look_at", models.DateTimeField(null=True)),
                ("state", models.CharField(blank=True, choices=STATES, default="", max_length=10)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="heard", to="publishing.account"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="heard",
                        to="publishing.delivery",
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to=settings.AUTH_USER_MODEL, verbose_name="given to",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "answer on a network",
                "verbose_name_plural": "answers on networks",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["look_at"], name="publishing_heard_to_look_at"),
                    models.Index(fields=["at"], name="publishing_heard_at"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "network_id"), name="heard_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at", None), ("state", "")
                        ) | (models.Q(("state", ""), _negated=True) & models.Q(("settled_at__isnull", False))),
                        name="what_was_handled_says_when",
                    ),
                ],
            },
        ),
    ]  # fmt: skip
