import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0008_ambassadors"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField(
            "account", "authorised_by",
            models.ForeignKey(
                blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "account", "successor",
            models.ForeignKey(
                blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("account", "dead_since", models.DateField(editable=False, null=True)),
        migrations.AddField("account", "held_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("account", "visited_at", models.DateTimeField(editable=False, null=True)),
        migrations.CreateModel(
            "Opening",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session", models.CharField(max_length=64)),
                ("nonce", models.CharField(max_length=64, unique=True)),
                ("sealed", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("back_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="openings",
                                              to="publishing.account")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+",
                                           to=settings.AUTH_USER_MODEL)),
            ],
            {
                "verbose_name": "opening of an account",
                "verbose_name_plural": "openings of accounts",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            "KeyAlert",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(
                    choices=[("expiry", "its keys end soon"), ("held", "nothing leaves for it")], max_length=10
                )),
                ("at", models.DateTimeField()),
                ("days", models.PositiveSmallIntegerField(default=0)),
                ("told", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="key_alerts",
                                              to="publishing.account")),
            ],
            {
                "verbose_name": "alert about keys",
                "verbose_name_plural": "alerts about keys",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "about", "at", "days"), name="an_alert_is_given_once")
                ],
            },
        ),
    ]  # fmt: skip
