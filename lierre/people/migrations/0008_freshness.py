"""What is counted of the freshness of the base."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0007_merges_without_chains"),
    ]

    operations = [
        migrations.CreateModel(
            name="FreshnessCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("by", models.CharField(choices=[("whole", "the whole base"), ("class", "class"), ("degree", "degree"), ("unit", "faculty or school"), ("employer", "employer"), ("month", "month, as today’s testimonies tell it")], max_length=8)),
                ("label", models.CharField(blank=True, max_length=300)),
                ("known", models.IntegerField(null=True)),
                ("living", models.IntegerField()),
                ("reachable", models.IntegerField(null=True)),
                ("surely", models.IntegerField(null=True)),
                ("confirmed", models.IntegerField()),
                ("fresh", models.IntegerField(null=True)),
                ("working", models.IntegerField(null=True)),
                ("working_confirmed", models.IntegerField(null=True)),
            ],
            options={
                "verbose_name": "count of freshness",
                "verbose_name_plural": "counts of freshness",
                "ordering": ["-day", "by", "-living", "label"],
            },
        ),
        migrations.AddConstraint(
            model_name="freshnesscount",
            constraint=models.UniqueConstraint(fields=("by", "day", "label"), name="a_part_is_counted_once_a_day"),
        ),
    ]
