"""Media, the persons shown on them, and the media and the link of a post."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_user_time_zone"),
        ("publishing", "0002_approval_versions_register"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="link_description",
            field=models.CharField(blank=True, max_length=400, verbose_name="description of the card"),
        ),
        migrations.AddField(
            model_name="post",
            name="link_title",
            field=models.CharField(blank=True, max_length=400, verbose_name="title of the card"),
        ),
        migrations.AddField(
            model_name="post",
            name="link_url",
            field=models.URLField(blank=True, max_length=2000, verbose_name="address of the link"),
        ),
        migrations.CreateModel(
            name="Medium",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("image", "image"), ("video", "video"), ("document", "document")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("type", models.CharField(editable=False, max_length=100)),
                ("size", models.PositiveBigIntegerField(editable=False)),
                ("width", models.PositiveIntegerField(default=0, editable=False)),
                ("height", models.PositiveIntegerField(default=0, editable=False)),
                ("seconds", models.FloatField(default=0, editable=False)),
                ("pages", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(editable=False, max_length=200)),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("alt", models.JSONField(blank=True, default=dict)),
                ("credit", models.CharField(blank=True, max_length=200, verbose_name="credit")),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not said"),
                            ("ours", "ours"),
                            ("granted", "granted by its author"),
                            ("bought", "bought"),
                            ("cc-by", "CC BY"),
                            ("cc-by-sa", "CC BY-SA"),
                            ("cc0", "CC0, or public domain"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="licence",
                    ),
                ),
                ("allowed", models.CharField(blank=True, max_length=300, verbose_name="what it may be used for")),
                ("until", models.DateField(blank=True, null=True, verbose_name="may be shown until")),
                ("focus_x", models.PositiveSmallIntegerField(default=50)),
                ("focus_y", models.PositiveSmallIntegerField(default=50)),
                ("tags", models.CharField(blank=True, max_length=300, verbose_name="words to find it by")),
                ("words", models.TextField(blank=True, editable=False)),
                ("brought_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("archived_at", models.DateTimeField(editable=False, null=True)),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="brought by",
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
                "verbose_name": "medium",
                "verbose_name_plural": "media",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="who is shown")),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="consented on")),
                ("until", models.DateField(blank=True, null=True, verbose_name="consents until")),
                ("proof", models.CharField(blank=True, max_length=200, verbose_name="where the paper is kept")),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="likenesses", to="publishing.medium"
                    ),
                ),
            ],
            options={
                "verbose_name": "person shown",
                "verbose_name_plural": "persons shown",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("title", models.CharField(blank=True, max_length=150)),
                ("alt", models.TextField(blank=True, verbose_name="what it shows")),
                (
                    "focus_x",
                    models.PositiveSmallIntegerField(
                        default=50, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "focus_y",
                    models.PositiveSmallIntegerField(
                        default=50, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="publishing.account",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="publishing.post"
                    ),
                ),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="publishing.medium"
                    ),
                ),
            ],
            options={
                "verbose_name": "medium of a post",
                "verbose_name_plural": "media of posts",
                "ordering": ["part", "position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="link_image",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cards",
                to="publishing.medium",
            ),
        ),
        migrations.AddConstraint(
            model_name="medium",
            constraint=models.CheckConstraint(
                condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)), name="the_focus_is_on_the_medium"
            ),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.UniqueConstraint(fields=("medium", "name"), name="shown_once_on_a_medium"),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until", None), ("given_on", None), ("until__gte", models.F("given_on")), _connector="OR"
                ),
                name="a_likeness_consent_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("account", None)),
                fields=("post", "medium", "part"),
                name="attached_once_to_a_message",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("account__isnull", False)),
                fields=("post", "medium", "part", "account"),
                name="attached_once_to_a_message_of_an_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)),
                name="the_focus_is_on_what_is_attached",
            ),
        ),
    ]
