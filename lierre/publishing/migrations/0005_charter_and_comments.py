import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_user_time_zone'),
        ('publishing', '0004_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='CharterException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('passage', models.CharField(blank=True, max_length=300, verbose_name='passage')),
                ('why', models.CharField(blank=True, max_length=500, verbose_name='why')),
                ('asked', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('countersigned_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'exception to the charter',
                'verbose_name_plural': 'exceptions to the charter',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('body', models.TextField(max_length=2000, verbose_name='comment')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('resolved_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'mention',
                'verbose_name_plural': 'mentions',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField()),
                ('hours', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='who reads')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('counts', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(verbose_name='until')),
                ('revoked_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, choices=[('', 'no answer yet'), ('yes', 'yes'), ('no', 'no')], default='', max_length=3, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_as', models.CharField(blank=True, max_length=150)),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='words')),
                ('digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'review from outside',
                'verbose_name_plural': 'reviews from outside',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('avoid', 'words to avoid'), ('spelling', 'a name written right'), ('claim', 'claims that need a source'), ('hashtags', 'how many hashtags'), ('hashtag_case', 'capitals in hashtags'), ('hashtag_known', 'hashtags of the charter'), ('capitals', 'words in capitals'), ('exclamations', 'exclamation marks'), ('inclusive', 'women and men'), ('link_refused', 'links that we do not give'), ('link_template', 'parameters of our links'), ('signature', 'signature'), ('alternative', 'words for images'), ('agreement', 'agreement with the week')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(max_length=150, verbose_name='rule')),
                ('words', models.JSONField(blank=True, default=list, verbose_name='words')),
                ('replacement', models.CharField(blank=True, max_length=300, verbose_name='say instead')),
                ('most', models.PositiveSmallIntegerField(default=0, verbose_name='at most')),
                ('choice', models.CharField(blank=True, choices=[('doublets', 'both words (étudiantes et étudiants), no middle dot'), ('dot', 'the middle dot (étudiant·es), and no bracket nor full stop')], max_length=10, verbose_name='choice')),
                ('why', models.TextField(max_length=500, verbose_name='why')),
                ('example', models.CharField(blank=True, max_length=300, verbose_name='example')),
                ('language', models.CharField(blank=True, max_length=5, verbose_name='language')),
                ('severity', models.CharField(choices=[('advice', 'advice'), ('warning', 'warning'), ('blocks', 'blocks approval')], default='advice', max_length=10, verbose_name='how serious')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('origin', models.CharField(blank=True, editable=False, max_length=40)),
                ('archived_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'rule of the charter',
                'verbose_name_plural': 'rules of the charter',
                'ordering': ['kind', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RuleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('said', models.JSONField()),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'version of a rule',
                'verbose_name_plural': 'versions of rules',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='UnitSeverity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('severity', models.CharField(choices=[('silent', 'not asked here'), ('advice', 'advice'), ('warning', 'warning'), ('blocks', 'blocks approval')], max_length=10, verbose_name='how serious')),
            ],
            options={
                'verbose_name': 'severity in a unit',
                'verbose_name_plural': 'severities in units',
                'ordering': ['unit__path'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='step',
            name='a_role_or_a_person',
        ),
        migrations.AddField(
            model_name='notice',
            name='address',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='step',
            name='external',
            field=models.BooleanField(default=False, verbose_name='or somebody outside, by a link'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='signature',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to', None), models.Q(('address', ''), _negated=True)), models.Q(('address', ''), ('to__isnull', False)), _connector='OR'), name='a_notice_goes_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('external', False), ('person__isnull', False), ('role', '')), models.Q(models.Q(('role', ''), _negated=True), ('external', False), ('person', None)), models.Q(('external', True), ('person', None), ('role', '')), _connector='OR'), name='a_role_a_person_or_somebody_outside'),
        ),
        migrations.AddField(
            model_name='charterexception',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='charterexception',
            name='countersigned_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='countersigned by'),
        ),
        migrations.AddField(
            model_name='charterexception',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='publishing.post'),
        ),
        migrations.AddField(
            model_name='comment',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='comment',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='publishing.post'),
        ),
        migrations.AddField(
            model_name='comment',
            name='resolved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by'),
        ),
        migrations.AddField(
            model_name='mention',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='publishing.comment'),
        ),
        migrations.AddField(
            model_name='mention',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='publishing.post'),
        ),
        migrations.AddField(
            model_name='review',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='review',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='publishing.post'),
        ),
        migrations.AddField(
            model_name='signature',
            name='review',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.review'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('review__isnull', False)), models.Q(('by__isnull', False), ('review', None)), _connector='OR'), name='somebody_signed'),
        ),
        migrations.AddField(
            model_name='rule',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='charterexception',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='publishing.rule'),
        ),
        migrations.AddField(
            model_name='ruleversion',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='ruleversion',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='publishing.rule'),
        ),
        migrations.AddField(
            model_name='unitseverity',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='severities', to='publishing.rule'),
        ),
        migrations.AddField(
            model_name='unitseverity',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='unit'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('resolved_by', None), ('resolved_at__isnull', False), _connector='OR'), name='a_settled_comment_says_when'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('comment', 'user'), name='called_once_in_each_comment'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('post', 'due_at', 'hours'), name='reminded_once_at_each_hour'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answer_from_outside_says_when'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', ''), _negated=True), fields=('origin',), name='a_rule_of_the_starting_set_comes_once'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.CheckConstraint(condition=models.Q(('severity__in', ['advice', 'warning', 'blocks'])), name='a_rule_has_a_severity'),
        ),
        migrations.AddConstraint(
            model_name='charterexception',
            constraint=models.UniqueConstraint(fields=('post', 'rule', 'passage'), name='one_exception_for_each_passage'),
        ),
        migrations.AddConstraint(
            model_name='charterexception',
            constraint=models.CheckConstraint(condition=models.Q(('countersigned_by', None), models.Q(('countersigned_by', models.F('by')), _negated=True), _connector='OR'), name='an_exception_is_countersigned_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='charterexception',
            constraint=models.CheckConstraint(condition=models.Q(('asked', False), models.Q(('why', ''), _negated=True), _connector='OR'), name='an_exception_to_a_block_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='ruleversion',
            constraint=models.UniqueConstraint(fields=('rule', 'number'), name='one_rule_version_of_each_number'),
        ),
        migrations.AddConstraint(
            model_name='unitseverity',
            constraint=models.UniqueConstraint(fields=('rule', 'unit'), name='one_severity_for_each_unit'),
        ),
    ]
