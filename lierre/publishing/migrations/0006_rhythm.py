import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_charter_and_comments")]
    operations = [
        migrations.CreateModel(
            name='Landmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=100, verbose_name='what')),
                ('kind', models.CharField(choices=[('period', 'academic period'), ('open_day', 'open day'), ('exams', 'exams'), ('admission', 'admission'), ('closed', 'closed'), ('other', 'other')], default='other', max_length=10, verbose_name='kind')),
                ('first', models.DateField(verbose_name='first day')),
                ('last', models.DateField(verbose_name='last day')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='where it was read')),
                ('archived_at', models.DateTimeField(editable=False, null=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'landmark',
                'verbose_name_plural': 'landmarks',
                'ordering': ['first', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='a_landmark_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pause', to='publishing.account')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pause of a queue',
                'verbose_name_plural': 'pauses of queues',
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.DateTimeField(default=django.utils.timezone.now)),
                ('ready', models.BooleanField(default=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='publishing.account')),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='place', to='publishing.post')),
            ],
            options={
                'verbose_name': 'place in a queue',
                'verbose_name_plural': 'places in queues',
                'ordering': ['rank', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PostsFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='file')),
                ('header', models.JSONField(default=list)),
                ('lines', models.JSONField(default=list)),
                ('zone', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('written_at', models.DateTimeField(null=True)),
                ('written', models.PositiveIntegerField(default=0)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file of posts',
                'verbose_name_plural': 'files of posts',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('texts', models.JSONField(default=list)),
                ('kind', models.CharField(choices=[('news', 'news'), ('event', 'event'), ('research', 'research'), ('job', 'offer'), ('crisis', 'crisis')], default='news', max_length=10, verbose_name='kind')),
                ('campaign', models.CharField(blank=True, max_length=100, verbose_name='campaign')),
                ('language', models.CharField(default='fr', max_length=5)),
                ('every', models.CharField(choices=[('week', 'week'), ('month_day', 'month, on a day of the month'), ('month_weekday', 'month, on a day of the week'), ('period', 'academic period, as it begins')], default='week', max_length=15, verbose_name='every')),
                ('interval', models.PositiveSmallIntegerField(default=1)),
                ('weekdays', models.JSONField(default=list)),
                ('month_day', models.PositiveSmallIntegerField(null=True)),
                ('nth', models.SmallIntegerField(null=True)),
                ('hour', models.TimeField(verbose_name='hour')),
                ('zone', models.CharField(max_length=64, verbose_name='on the clock of')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('most', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how many times')),
                ('pauses', models.JSONField(default=list)),
                ('skips_holidays', models.BooleanField(default=True, verbose_name='not on holidays')),
                ('weeks_ahead', models.PositiveSmallIntegerField(default=4, verbose_name='weeks ahead')),
                ('dry_since', models.DateTimeField(editable=False, null=True)),
                ('stopped_at', models.DateTimeField(editable=False, null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('accounts', models.ManyToManyField(related_name='+', to='publishing.account', verbose_name='accounts')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Occurrence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('written_at', models.DateTimeField()),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='occurrence', to='publishing.post')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occurrences', to='publishing.series')),
            ],
            options={
                'verbose_name': 'time of a series',
                'verbose_name_plural': 'times of series',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='day')),
                ('hour', models.TimeField(verbose_name='hour')),
                ('zone', models.CharField(max_length=64, verbose_name='on the clock of')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='publishing.account')),
            ],
            options={
                'verbose_name': 'slot of the week',
                'verbose_name_plural': 'slots of the week',
                'ordering': ['weekday', 'hour'],
            },
        ),
        migrations.CreateModel(
            name='Embargo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=150, verbose_name='why')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='from')),
                ('ends_at', models.DateTimeField(db_index=True, verbose_name='until')),
                ('zone', models.CharField(blank=True, max_length=64)),
                ('campaign', models.CharField(blank=True, max_length=100, verbose_name='campaign')),
                ('kind', models.CharField(blank=True, max_length=10, verbose_name='kind of post')),
                ('but_crisis', models.BooleanField(default=True, verbose_name='what is said in a crisis may leave')),
                ('lifted_at', models.DateTimeField(editable=False, null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'embargo',
                'verbose_name_plural': 'embargoes',
                'ordering': ['ends_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='an_embargo_ends_after_it_begins')],
            },
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('interval__gte', 1)), name='a_series_moves_on'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('most', None), _connector='OR'), name='a_series_ends_in_one_way'),
        ),
        migrations.AddConstraint(
            model_name='occurrence',
            constraint=models.UniqueConstraint(fields=('series', 'day'), name='a_series_speaks_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('account', 'weekday', 'hour', 'zone'), name='one_slot_at_each_hour'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='a_week_has_seven_days'),
        ),
    ]
