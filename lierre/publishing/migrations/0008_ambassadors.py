import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0007_mailing"),
        ("accounts", "0002_days_of_roles_and_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name='Ambassador',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topics', models.JSONField(blank=True, default=list, verbose_name='topics')),
                ('languages', models.JSONField(default=list, verbose_name='languages')),
                ('networks', models.JSONField(default=list, verbose_name='networks')),
                ('server', models.URLField(blank=True, verbose_name='Mastodon server')),
                ('rhythm', models.PositiveSmallIntegerField(choices=[(7, 'every week'), (14, 'every two weeks'), (28, 'every four weeks'), (0, 'no message: I come and see')], default=7, verbose_name='rhythm')),
                ('words', models.TextField(max_length=1000)),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='unit')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ambassador',
                'verbose_name_plural': 'ambassadors',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(db_index=True, verbose_name='week of')),
                ('title', models.CharField(max_length=150, verbose_name='topic')),
                ('topic', models.CharField(choices=[('research', 'research'), ('teaching', 'teaching'), ('students', 'student life'), ('graduates', 'graduates and jobs'), ('firms', 'firms and innovation'), ('transition', 'ecological transition'), ('world', 'the world'), ('culture', 'culture and heritage'), ('campus', 'campus and trades')], max_length=12, verbose_name='theme')),
                ('language', models.CharField(default='fr', max_length=5, verbose_name='language')),
                ('facts', models.JSONField(default=list, verbose_name='facts')),
                ('angles', models.JSONField(default=list, verbose_name='angles')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='link')),
                ('visual', models.URLField(blank=True, max_length=300, verbose_name='address of the visual')),
                ('shows', models.CharField(blank=True, max_length=300, verbose_name='what the visual shows')),
                ('credit', models.CharField(blank=True, max_length=200, verbose_name='credit of the visual')),
                ('offered_at', models.DateTimeField(editable=False, null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='for the unit')),
            ],
            options={
                'verbose_name': 'material for ambassadors',
                'verbose_name_plural': 'materials for ambassadors',
                'ordering': ['-week', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OwnText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='address')),
                ('ambassador', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='publishing.ambassador')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='publishing.material')),
            ],
            options={
                'verbose_name': 'text of an ambassador',
                'verbose_name_plural': 'texts of ambassadors',
                'ordering': ['-kept_at'],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('words', models.TextField(max_length=1500, verbose_name='in a few words')),
                ('moment', models.CharField(blank=True, max_length=150, verbose_name='when')),
                ('quoted', models.CharField(blank=True, max_length=200, verbose_name='who may be quoted')),
                ('state', models.CharField(choices=[('new', 'waits for an answer'), ('answered', 'answered'), ('planned', 'is being written'), ('declined', 'not this time')], default='new', max_length=10, verbose_name='state')),
                ('answer', models.TextField(blank=True, max_length=1500, verbose_name='answer')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('ambassador', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stories', to='publishing.ambassador')),
                ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='publishing.post')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('send_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('ambassador', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to='publishing.ambassador')),
            ],
            options={
                'verbose_name': 'weekly message',
                'verbose_name_plural': 'weekly messages',
                'ordering': ['-week', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('ambassador', 'week'), name='one_message_a_week_and_a_person')],
            },
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('visual', ''), models.Q(models.Q(('credit', ''), _negated=True), models.Q(('shows', ''), _negated=True)), _connector='OR'), name='a_visual_has_its_credit_and_its_description'),
        ),
        migrations.AddConstraint(
            model_name='owntext',
            constraint=models.UniqueConstraint(fields=('ambassador', 'material'), name='one_text_for_each_topic'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['answered', 'declined']), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='a_story_is_answered_with_words'),
        ),
    ]
