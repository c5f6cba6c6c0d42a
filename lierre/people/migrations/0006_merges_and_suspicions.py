"""Merges that can be taken back whole, pairs who may be one person, and what was answered about them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_superseded_lines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DuplicateSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reached", models.JSONField(default=list)),
                ("rule", models.CharField(max_length=40)),
                ("seen_change", models.BigIntegerField(default=0)),
                ("persons", models.IntegerField(default=0)),
                ("pairs", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "search of duplicates",
                "verbose_name_plural": "searches of duplicates",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stayed", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=500, verbose_name="why")),
                ("by_name", models.CharField(max_length=200, verbose_name="decided by")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first_kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="people.person"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="absorbed", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="merge",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="people.merge"
            ),
        ),
        migrations.CreateModel(
            name="Suspicion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("probability", models.FloatField(verbose_name="probability")),
                ("worth", models.FloatField()),
                ("weights", models.JSONField(default=list)),
                ("rule", models.CharField(max_length=40)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("same", "the same person"),
                            ("different", "two persons"),
                            ("later", "put off"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("judged_by", models.CharField(blank=True, max_length=200)),
                ("judged_at", models.DateTimeField(null=True)),
                ("held_until", models.DateTimeField(null=True)),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "high",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "low",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "possible duplicate",
                "verbose_name_plural": "possible duplicates",
                "ordering": ["-worth", "id"],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("same", "the same person"),
                            ("different", "two persons"),
                            ("later", "put off"),
                        ],
                        max_length=10,
                    ),
                ),
                ("gesture", models.CharField(db_index=True, max_length=12)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=200, verbose_name="decided by")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=200)),
                ("contradicted_at", models.DateTimeField(null=True)),
                (
                    "merge",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="people.merge",
                    ),
                ),
                (
                    "suspicion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judgements", to="people.suspicion"
                    ),
                ),
            ],
            options={
                "verbose_name": "judgement",
                "verbose_name_plural": "judgements",
                "ordering": ["-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("gone",), name="nobody_is_gone_twice"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gone", models.F("kept")), _negated=True),
                    models.Q(("gone", models.F("first_kept")), _negated=True),
                ),
                name="nobody_joins_themselves",
            ),
        ),
        migrations.AddIndex(
            model_name="suspicion",
            index=models.Index(fields=["state", "-worth", "low", "high", "probability"], name="suspicions_in_order"),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.UniqueConstraint(fields=("low", "high"), name="a_pair_is_suspected_once"),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__lt", models.F("high"))), name="a_pair_is_in_order"
            ),
        ),
    ]
