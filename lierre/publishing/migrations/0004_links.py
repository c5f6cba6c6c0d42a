"""Short links of our own, their clicks by day, and the figures that networks tell of what left."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.db import migrations, models

import lierre.publishing.models.link


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_user_time_zone"), ("publishing", "0003_media")]
    operations = [
        migrations.AddField(
            model_name="post",
            name="counts_links",
            field=models.BooleanField(default=False, verbose_name="count the clicks of the links"),
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=lierre.publishing.models.link.new_code, editable=False, max_length=20, unique=True
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="what it is for")),
                ("target", models.CharField(max_length=1500, verbose_name="leads to")),
                ("leads_to", models.CharField(max_length=2000)),
                ("fingerprint", models.CharField(db_index=True, max_length=64)),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="where it stands")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("archived_at", models.DateTimeField(editable=False, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="publishing.account",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="publishing.post",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "short link",
                "verbose_name_plural": "short links",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Click",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("people", models.PositiveIntegerField(default=0, verbose_name="clicks")),
                ("robots", models.PositiveIntegerField(default=0, verbose_name="robots")),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clicks", to="publishing.link"
                    ),
                ),
            ],
            options={
                "verbose_name": "clicks of a day",
                "verbose_name_plural": "clicks of a day",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="LinkTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=100, verbose_name="source")),
                ("medium", models.CharField(blank=True, max_length=100, verbose_name="kind of channel")),
                ("campaign", models.CharField(blank=True, max_length=100, verbose_name="campaign")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "template of links",
                "verbose_name_plural": "templates of links",
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20)),
                ("value", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("said_by", models.CharField(blank=True, max_length=60)),
                ("by_hand", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measurements",
                        to="publishing.account",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measurements",
                        to="publishing.delivery",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of a network",
                "verbose_name_plural": "figures of networks",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("next_at", models.DateTimeField(db_index=True, null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="publishing.account"
                    ),
                ),
                (
                    "delivery",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watch",
                        to="publishing.delivery",
                    ),
                ),
            ],
            options={
                "verbose_name": "watch of figures",
                "verbose_name_plural": "watches of figures",
            },
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                fields=("post", "account", "fingerprint"), name="one_link_of_an_address_on_an_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account", None), ("post", None)),
                    models.Q(("account__isnull", False), ("post__isnull", False)),
                    _connector="OR",
                ),
                name="a_link_of_a_post_is_of_an_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="click",
            constraint=models.UniqueConstraint(fields=("link", "day"), name="one_row_of_clicks_a_day"),
        ),
        migrations.AddConstraint(
            model_name="linktemplate",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce("unit", 0), name="one_link_template_of_each_unit"
            ),
        ),
        migrations.AddIndex(
            model_name="measurement",
            index=models.Index(fields=["delivery", "at"], name="publishing_measures_of_a_post"),
        ),
        migrations.AddIndex(
            model_name="measurement",
            index=models.Index(
                condition=models.Q(("delivery", None)), fields=["account", "at"], name="publishing_measures_of_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("delivery", None)), fields=("account",), name="an_account_is_watched_once"
            ),
        ),
    ]
