import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("publishing", "0011_own_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="mailing",
            name="counts_links",
            field=models.BooleanField(default=False, verbose_name="count the clicks of the links"),
        ),
        migrations.AddField(
            model_name="mailing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("news", "news"),
                    ("event", "event"),
                    ("research", "research"),
                    ("job", "offer"),
                    ("crisis", "crisis"),
                ],
                default="news",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="mailing",
            name="campaign",
            field=models.CharField(blank=True, max_length=100, verbose_name="campaign"),
        ),
        migrations.AddField(
            model_name="mailing",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="mailing",
            name="urgent",
            field=models.BooleanField(default=False, verbose_name="urgent"),
        ),
        migrations.AddField(
            model_name="mailing",
            name="approved_stead",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mailing",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="link",
            name="mailing",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="publishing.mailing",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                fields=("mailing", "fingerprint"), name="one_link_of_an_address_in_a_mailing"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("mailing", None), ("post", None), _connector="OR"),
                name="a_link_of_a_mailing_is_of_no_post",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="post",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="publishing.post",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="mailing",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="publishing.mailing",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mailing__isnull", False), ("post", None)),
                    models.Q(("mailing", None), ("post__isnull", False)),
                    _connector="OR",
                ),
                name="a_comment_is_about_one_thing",
            ),
        ),
        migrations.CreateModel(
            name="MailingReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="who reads")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(verbose_name="until")),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "no answer yet"), ("yes", "yes"), ("no", "no")],
                        default="",
                        max_length=3,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_as", models.CharField(blank=True, max_length=150)),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="words")),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="publishing.mailing",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a mailing from outside",
                "verbose_name_plural": "reviews of mailings from outside",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answer_about_a_mailing_says_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailingException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("passage", models.CharField(blank=True, max_length=300, verbose_name="passage")),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="why")),
                ("asked", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("countersigned_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "countersigned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="countersigned by",
                    ),
                ),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="publishing.mailing",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="publishing.rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "exception to the charter in a mailing",
                "verbose_name_plural": "exceptions to the charter in mailings",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mailing", "rule", "passage"), name="one_exception_for_each_passage_of_a_mailing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countersigned_by", None),
                            models.Q(("countersigned_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="somebody_else_countersigns_for_a_mailing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked", False), models.Q(("why", ""), _negated=True), _connector="OR"),
                        name="an_exception_of_a_mailing_has_a_reason",
                    ),
                ],
            },
        ),
    ]
