"""Ambassadors may connect an account of their own; the visuals of their topics come from the library."""

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

STATES = [
    ("draft", "draft"), ("waiting", "waits for its time"), ("claimed", "about to leave"), ("in_flight", "leaving"),
    ("confirmed", "online"), ("refused", "refused by the network"), ("to_check", "to check"),
    ("missed", "missed its time"), ("cancelled", "cancelled"),
]  # fmt: skip
HELD = [
    ("", "sends"), ("token", "the network no longer accepts its keys"), ("scope", "its keys do not allow this"),
    ("role", "whoever connected it is no longer an administrator there"),
    ("version", "the network has changed and wants a newer connection"), ("unreachable", "the network does not answer"),
    ("person", "somebody asked for silence"),
]  # fmt: skip
NUMBER = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def keep_addresses(apps: Any, _schema: Any) -> None:
    """A visual was an address: it stays in the topic as a fact, with its credit, until one is chosen in the library."""
    for topic in apps.get_model("publishing", "Material").objects.exclude(visual=""):
        topic.facts = [*topic.facts, [topic.shows, f"{topic.visual} ({topic.credit})"]]
        topic.save(update_fields=["facts"])


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("publishing", "0010_bluesky_consent"),
    ]

    operations = [
        migrations.RunPython(keep_addresses, migrations.RunPython.noop),
        migrations.RemoveConstraint("material", "a_visual_has_its_credit_and_its_description"),
        migrations.RemoveField("material", "visual"),
        migrations.RemoveField("material", "shows"),
        migrations.RemoveField("material", "credit"),
        migrations.AddField(
            "material", "visuals",
            models.ManyToManyField(blank=True, related_name="+", to="publishing.medium", verbose_name="visuals"),
        ),
        migrations.AddField(
            "owntext", "medium",
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                              to="publishing.medium"),
        ),
        migrations.CreateModel(
            "OwnAccount",
            [
                NUMBER,
                ("label", models.CharField(max_length=120, verbose_name="shown as")),
                ("network", models.CharField(max_length=30, verbose_name="network")),
                ("address", models.URLField(blank=True, max_length=300, verbose_name="address")),
                ("base_url", models.CharField(blank=True, max_length=300, verbose_name="server")),
                ("remote_id", models.CharField(blank=True, editable=False, max_length=200)),
                ("handle", models.CharField(blank=True, editable=False, max_length=200)),
                ("limits", models.JSONField(editable=False, null=True)),
                ("sealed", models.TextField(blank=True, editable=False)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(editable=False, null=True)),
                ("held", models.CharField(blank=True, choices=HELD, default="", editable=False, max_length=12)),
                ("said", models.CharField(blank=True, editable=False, max_length=300)),
                ("checked_at", models.DateTimeField(editable=False, null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("quiet_until", models.DateTimeField(editable=False, null=True)),
                ("holder", models.CharField(blank=True, editable=False, max_length=60)),
                ("lease_until", models.DateTimeField(editable=False, null=True)),
                ("words", models.TextField(max_length=1000)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ambassador", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="accounts",
                                                 to="publishing.ambassador")),
            ],
            {
                "verbose_name": "account of one’s own",
                "verbose_name_plural": "accounts of one’s own",
                "ordering": ["network"],
                "constraints": [
                    models.UniqueConstraint(fields=("ambassador", "network"), name="one_own_account_on_a_network"),
                    models.CheckConstraint(
                        condition=Q(("holder", ""), ("lease_until", None))
                        | (~Q(holder="") & Q(lease_until__isnull=False)),
                        name="who_sends_for_an_own_account_has_a_lease",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "OwnDelivery",
            [
                NUMBER,
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("state", models.CharField(choices=STATES, default="draft", max_length=10)),
                ("due_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(null=True)),
                ("text", models.TextField(blank=True)),
                ("text_hash", models.CharField(blank=True, max_length=64)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("frozen", models.JSONField(null=True)),
                ("frozen_hash", models.CharField(blank=True, max_length=64)),
                ("sent_times", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("last_sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("evidence", models.JSONField(default=list)),
                ("network_id", models.CharField(blank=True, max_length=300)),
                ("permalink", models.URLField(blank=True, max_length=500)),
                ("receipt", models.JSONField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="deliveries",
                                              to="publishing.ownaccount")),
                ("post", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="deliveries",
                                           to="publishing.owntext")),
            ],
            {
                "verbose_name": "delivery of somebody’s own text",
                "verbose_name_plural": "deliveries of own texts",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["account", "next_at"], name="publishing_own_due"),
                    models.Index(fields=["state", "due_at"], name="publishing_own_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "account", "part"), name="one_row_for_each_own_part"),
                    models.UniqueConstraint(
                        fields=("account", "network_id"), condition=~Q(network_id=""),
                        name="own_an_object_online_is_one_row",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="confirmed") | ~Q(network_id="") | ~Q(permalink=""),
                        name="own_what_is_online_has_a_proof",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state__in=["in_flight", "to_check"])
                        | Q(("frozen__isnull", False), ("sent_at__isnull", False)),
                        name="own_what_may_have_left_is_frozen",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "OwnAttempt",
            [
                NUMBER,
                ("kind", models.CharField(
                    choices=[("send", "sent"), ("replay", "said again, with the same key"),
                             ("look", "looked for on the network")], max_length=8)),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("said", models.CharField(blank=True, max_length=300)),
                ("delivery", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="log",
                                               to="publishing.owndelivery")),
            ],
            {
                "verbose_name": "attempt for somebody’s own text",
                "verbose_name_plural": "attempts for own texts",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            "OwnOpening",
            [
                NUMBER,
                ("session", models.CharField(max_length=64)),
                ("nonce", models.CharField(max_length=64, unique=True)),
                ("sealed", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("back_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="openings",
                                              to="publishing.ownaccount")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+",
                                           to=settings.AUTH_USER_MODEL)),
            ],
            {
                "verbose_name": "opening of an account of one’s own",
                "verbose_name_plural": "openings of accounts of one’s own",
                "ordering": ["-pk"],
            },
        ),
    ]  # fmt: skip
