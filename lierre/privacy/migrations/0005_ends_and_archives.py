"""Families of values that end, archives that have an end too, erasings that are done again, who acts for a controller."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def file_the_archives(apps, schema_editor):
    """What was archived before stands for the purpose that keeps the proof of degrees, and takes its length."""
    from lierre.foundation.periods import months_later

    archived = apps.get_model("privacy", "ArchivedDegree").objects
    purposes = apps.get_model("privacy", "Purpose").objects.filter(closed_on=None, counted_from="never")
    purpose = purposes.filter(population="graduates").order_by("pk").first()
    if purpose is None:
        return
    for day in archived.filter(purpose=None).order_by().values_list("archived_on", flat=True).distinct():
        last = months_later(day, purpose.retention_months)
        archived.filter(purpose=None, archived_on=day).update(purpose=purpose, kept_until=last)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_user_time_zone"),
        ("people", "0012_matching"),
        ("privacy", "0004_rhythm"),
    ]
    operations = [
        migrations.AddField(
            model_name="suppression",
            name="kind",
            field=models.CharField(
                choices=[
                    ("key", "number or address"),
                    ("born", "name and day of birth"),
                    ("year", "name and year of a degree"),
                ],
                default="key",
                max_length=4,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="ErasingsKnown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("upto", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "erasings that are known",
                "verbose_name_plural": "erasings that are known",
            },
        ),
        migrations.CreateModel(
            name="Lapse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("families", models.JSONField(default=list, verbose_name="families of values")),
                ("months", models.PositiveSmallIntegerField(verbose_name="months without a sign")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lapse", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "families of values that were erased",
                "verbose_name_plural": "families of values that were erased",
                "ordering": ["-at"],
                "indexes": [models.Index(fields=["months"], name="privacy_lapse_months")],
            },
        ),
        migrations.AddField(
            model_name="archiveddegree",
            name="purpose",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="archived",
                to="privacy.purpose",
            ),
        ),
        migrations.AddField(
            model_name="archiveddegree",
            name="kept_until",
            field=models.DateField(db_index=True, null=True, verbose_name="last day"),
        ),
        migrations.AddField(
            model_name="controller",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.unit",
                verbose_name="unit that acts for it",
            ),
        ),
        migrations.AddField(
            model_name="request",
            name="reminded_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="purpose",
            name="counted_from",
            field=models.CharField(
                choices=[
                    ("contact", "the last contact from the person"),
                    ("collection", "the day the data came"),
                    ("never", "the day it goes to the archive"),
                ],
                default="contact",
                max_length=10,
                verbose_name="counted from",
            ),
        ),
        migrations.RunPython(file_the_archives, migrations.RunPython.noop, elidable=True),
    ]
