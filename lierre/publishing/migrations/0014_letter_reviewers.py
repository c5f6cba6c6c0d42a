from django.conf import settings
from django.db import migrations, models


def who_wrote(apps, _schema):
    """What was written before this was kept: whoever began it, and whoever changed it last."""
    mailings = apps.get_model("publishing", "Mailing")
    kept = mailings.writers.through
    pairs = set()
    for name in ("owner_id", "changed_by_id"):
        pairs |= {(pk, user) for pk, user in mailings.objects.values_list("pk", name) if user}
    kept.objects.bulk_create((kept(mailing_id=pk, user_id=user) for pk, user in sorted(pairs)), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0013_reads_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(model_name="mailingreview", name="counts", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="mailing", name="waits_outside", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="mailing",
            name="writers",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="mailingrules",
            name="outside_topics",
            field=models.JSONField(default=list, verbose_name="subjects that somebody outside approves too"),
        ),
        migrations.RunPython(who_wrote, migrations.RunPython.noop),
    ]
