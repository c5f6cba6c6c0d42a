import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_keys_of_before_in_sheets"),
        ("publishing", "0006_rhythm"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MailingRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "a_week",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="messages a week to one person, all subjects together"
                    ),
                ),
                (
                    "a_topic_a_week",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="messages a week to one person on one subject"
                    ),
                ),
                ("an_hour", models.PositiveIntegerField(default=20000, verbose_name="messages an hour, in all")),
                (
                    "a_domain_a_minute",
                    models.PositiveIntegerField(default=120, verbose_name="messages a minute to one domain"),
                ),
            ],
            options={
                "verbose_name": "rules of mailings",
                "verbose_name_plural": "rules of mailings",
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("topic", models.CharField(max_length=40, verbose_name="subject one subscribes to")),
                ("sender_name", models.CharField(max_length=100, verbose_name="sender")),
                ("reply_to", models.EmailField(blank=True, max_length=254, verbose_name="answers go to")),
                ("subject", models.CharField(max_length=150, verbose_name="subject line")),
                (
                    "preheader",
                    models.CharField(blank=True, max_length=150, verbose_name="words after the subject line"),
                ),
                ("sections", models.JSONField(default=list, verbose_name="sections")),
                ("due_at", models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="leaves on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "waits for approval"),
                            ("approved", "approved"),
                            ("sending", "leaving"),
                            ("paused", "paused"),
                            ("sent", "sent"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_digest", models.CharField(blank=True, max_length=64)),
                ("approved_at", models.DateTimeField(null=True)),
                ("reckoned", models.JSONField(null=True)),
                ("html", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("segment_number", models.PositiveIntegerField(null=True)),
                ("began_at", models.DateTimeField(null=True)),
                ("frozen_to", models.BigIntegerField(default=0)),
                ("frozen_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("said", models.CharField(blank=True, max_length=300)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("quiet_until", models.DateTimeField(null=True)),
                ("holder", models.CharField(blank=True, max_length=60)),
                ("lease_until", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.segment",
                        verbose_name="to whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "mailing",
                "verbose_name_plural": "mailings",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=400)),
                ("domain", models.CharField(max_length=255)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for its turn"),
                            ("claimed", "about to leave"),
                            ("leaving", "being handed over"),
                            ("taken", "taken by the mail server"),
                            ("uncertain", "handed over, no answer known"),
                            ("refused", "refused by the mail server"),
                            ("dropped", "set aside before it left"),
                            ("cancelled", "cancelled"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("holder", models.CharField(blank=True, max_length=60)),
                ("left_at", models.DateTimeField(null=True)),
                ("said", models.CharField(blank=True, max_length=300)),
                (
                    "bounced",
                    models.CharField(blank=True, choices=[("hard", "for ever"), ("soft", "for now")], max_length=4),
                ),
                ("unsubscribed_at", models.DateTimeField(null=True)),
                ("complained_at", models.DateTimeField(null=True)),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recipients", to="publishing.mailing"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient of a mailing",
                "verbose_name_plural": "recipients of mailings",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "submitted", "cancelled"]),
                    models.Q(("approved_digest", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_mailing_that_leaves_was_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_digest", ""),
                    models.Q(("approved_by", models.F("owner")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_approves_their_mailing",
            ),
        ),
        migrations.AddIndex(
            model_name="recipient",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "claimed", "leaving"])),
                fields=["mailing", "id"],
                name="mailing_to_send",
            ),
        ),
        migrations.AddIndex(
            model_name="recipient",
            index=models.Index(
                condition=models.Q(("left_at__isnull", False)), fields=["left_at"], name="mailing_left_lately"
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(fields=("mailing", "person"), name="a_mailing_once_for_a_person"),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(fields=("mailing", "address"), name="a_mailing_once_for_an_address"),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["leaving", "taken", "uncertain"]), _negated=True),
                    ("left_at__isnull", False),
                    _connector="OR",
                ),
                name="what_leaves_has_its_moment",
            ),
        ),
    ]
