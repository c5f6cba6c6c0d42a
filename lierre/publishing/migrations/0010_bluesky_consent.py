"""The keys by which this instance proves who it is to servers that know it by its address; subtitles of films."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0009_keepers")]

    operations = [
        migrations.CreateModel(
            "ClientKey",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.TextField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            {
                "verbose_name": "key of this instance",
                "verbose_name_plural": "keys of this instance",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField("medium", "captions", models.JSONField(blank=True, default=dict)),
        migrations.AddField("attachment", "captions", models.JSONField(blank=True, default=dict)),
    ]
