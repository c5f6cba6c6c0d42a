import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0013_taught_and_twins"),
    ]

    operations = [
        # One audience more: its bits come after the first thirty, which keep their meaning.
        migrations.AlterField("directoryentry", "mask", models.BigIntegerField()),
        migrations.AddField(
            "claim", "degree", models.CharField(blank=True, default="", max_length=200, verbose_name="degree"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Delegate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("degree", models.CharField(blank=True, max_length=300, verbose_name="degree")),
                ("year", models.PositiveSmallIntegerField(verbose_name="class")),
                ("named_by", models.CharField(max_length=200, verbose_name="named by")),
                ("since", models.DateField(default=django.utils.timezone.localdate, verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "class delegate",
                "verbose_name_plural": "class delegates",
                "ordering": ["-year", "degree", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("account", "degree", "year"),
                        name="a_delegate_of_a_class_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Vouch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "yes, they were of my class"),
                            ("no", "no"),
                            ("unknown", "I do not know"),
                        ],
                        max_length=7,
                        verbose_name="answer",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="vouches", to="people.claim"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer of a delegate",
                "verbose_name_plural": "answers of delegates",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("claim", "account"), name="answered_once")],
            },
        ),
    ]
