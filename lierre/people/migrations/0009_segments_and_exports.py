"""Questions that have a name; everything taken away, and leaving rehearsed."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0008_freshness"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExitRehearsal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(choices=[("running", "under way"), ("held", "nothing is lost"), ("differs", "something differs"), ("failed", "could not be done"), ("stopped", "interrupted")], default="running", max_length=8, verbose_name="state")),
                ("work_id", models.BigIntegerField(null=True)),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("persons", models.IntegerField(default=0)),
                ("rows", models.BigIntegerField(default=0)),
                ("files", models.IntegerField(default=0)),
                ("size", models.BigIntegerField(default=0)),
                ("lost", models.BigIntegerField(default=0)),
                ("added", models.BigIntegerField(default=0)),
                ("by_table", models.JSONField(default=dict)),
                ("examples", models.JSONField(default=list)),
                ("failure", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "exit rehearsal",
                "verbose_name_plural": "exit rehearsals",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500, verbose_name="why")),
                ("by_name", models.CharField(max_length=200, verbose_name="asked by")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("work_id", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("persons", models.IntegerField(default=0)),
                ("size", models.BigIntegerField(default=0)),
                ("gone_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "full export",
                "verbose_name_plural": "full exports",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("purpose", models.CharField(blank=True, max_length=300, verbose_name="what it is for")),
                ("question", models.JSONField()),
                ("number", models.PositiveIntegerField(default=1)),
                ("by_name", models.CharField(max_length=200, verbose_name="made by")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("forgotten_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "segment",
                "verbose_name_plural": "segments",
                "ordering": ["name", "id"],
                "constraints": [models.UniqueConstraint(condition=models.Q(("forgotten_at", None)), fields=("name",), name="one_standing_segment_by_name")],
            },
        ),
        migrations.CreateModel(
            name="SegmentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("question", models.JSONField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("segment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="people.segment")),
            ],
            options={
                "verbose_name": "version of a segment",
                "verbose_name_plural": "versions of segments",
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("segment", "number"), name="a_version_is_numbered_once")],
            },
        ),
    ]
