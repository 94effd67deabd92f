import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import plan.models.photos
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('events', '0001_initial'),
        ('polls', '0001_initial'),
        ('posts', '0001_initial'),
        ('werkplaats', '0002_site'),
    ]

    operations = [
        migrations.CreateModel(
            name='Harvest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='harvest', to='posts.question', verbose_name='vraag')),
                ('cafe', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='harvest', to='events.cafe', verbose_name='café')),
                ('cycle', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='harvest', to='polls.designcycle', verbose_name='ontwerptraject')),
                ('version', models.PositiveBigIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'opbrengst',
                'verbose_name_plural': 'opbrengsten',
                'permissions': [('sort_voices', 'Mag sorteren')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cafe', None), ('cycle', None), ('question', None)), models.Q(('cafe', None), ('cycle', None), ('question__isnull', False)), models.Q(('cafe__isnull', False), ('cycle', None), ('question', None)), models.Q(('cafe', None), ('cycle__isnull', False), ('question', None)), _connector='OR'), name='harvest_of_one_thing', violation_error_message='Een opbrengst hoort bij één vraag, café of ontwerptraject.'), models.UniqueConstraint(models.Value(1), condition=models.Q(('cafe', None), ('cycle', None), ('question', None)), name='one_harvest_of_nothing', violation_error_message='Er is al een opbrengst van wat bij geen vraag hoort.')],
            },
        ),
        migrations.CreateModel(
            name='Stack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(blank=True, choices=[('plan', 'voorstel voor het plan'), ('good', 'dit gaat goed, dit houden we'), ('taken_up', 'al opgepakt door …'), ('next', 'nemen we mee naar een volgende stap'), ('answer', 'antwoord: …'), ('not', 'doen we niet, want …')], max_length=10, verbose_name='wat we ermee doen')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='in woorden')),
                ('decided_by', models.CharField(blank=True, max_length=120, verbose_name='wie dat besloot')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='besloten op')),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stacks', to='plan.harvest', verbose_name='opbrengst')),
                ('key', models.CharField(blank=True, max_length=1, verbose_name='plaats')),
                ('name', models.CharField(max_length=28, verbose_name='naam')),
                ('heard', models.CharField(blank=True, max_length=200, verbose_name='wat we hoorden')),
                ('joined_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='plan.stack', verbose_name='samengevoegd tot')),
                ('version', models.PositiveBigIntegerField(editable=False)),
            ],
            options={
                'verbose_name': 'stapel',
                'verbose_name_plural': 'stapels',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('choice__in', ['', 'plan', 'good', 'taken_up', 'next', 'answer', 'not'])), name='stack_has_a_known_choice', violation_error_message='Kies wat jullie ermee doen.'), models.CheckConstraint(condition=models.Q(models.Q(('choice__in', ['taken_up', 'answer', 'not']), models.Q(('words', ''), _negated=True)), models.Q(models.Q(('choice__in', ['taken_up', 'answer', 'not']), _negated=True), ('words', '')), _connector='OR'), name='stack_choice_has_its_words', violation_error_message='Vul in wat er op de puntjes moet staan.'), models.CheckConstraint(condition=models.Q(models.Q(('choice', 'not'), ('decided_on__isnull', False), models.Q(('decided_by', ''), _negated=True)), models.Q(models.Q(('choice', 'not'), _negated=True), ('decided_by', ''), ('decided_on', None)), _connector='OR'), name='stack_refusal_says_who_and_when', violation_error_message='Vul bij «doen we niet» in wie dat besloot, en wanneer.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='stack_has_a_name', violation_error_message='Geef de stapel een naam.'), models.CheckConstraint(condition=models.Q(('key__in', ['', 'Q', 'W', 'E', 'R', 'T', 'A', 'S', 'D', 'F', 'G', 'Z', 'X', 'C', 'V', 'B'])), name='stack_lies_on_a_key', violation_error_message='Kies een van de vijftien plaatsen, of geen.'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('harvest', 'key'), name='one_stack_per_key', violation_error_message='Op deze plaats ligt al een stapel.'), models.UniqueConstraint(models.F('harvest'), django.db.models.functions.text.Lower('name'), condition=models.Q(('joined_into', None)), name='one_stack_per_name', violation_error_message='Er is al een stapel met deze naam.'), models.CheckConstraint(condition=models.Q(('joined_into', None), ('key', ''), _connector='OR'), name='joined_stack_has_no_key', violation_error_message='Een samengevoegde stapel heeft geen plaats.')],
            },
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='plan.harvest', verbose_name='opbrengst')),
                ('number', models.PositiveBigIntegerField(verbose_name='stap')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wanneer')),
                ('verb', models.CharField(choices=[('lay', 'legde {cards} op «{stack}»'), ('move', 'verplaatste {cards} naar «{stack}»'), ('take_off', 'haalde {cards} van een stapel'), ('settle', 'handelde {cards} los af'), ('quote', 'veranderde een citaat op «{stack}»'), ('decide', 'gaf {cards} een eigen keuze'), ('make', 'maakte de stapel «{stack}»'), ('rename', 'gaf «{stack}» een andere naam'), ('hear', 'veranderde de zin van «{stack}»'), ('choose', 'veranderde de keuze van «{stack}»'), ('join', 'voegde een stapel bij «{stack}»'), ('split', 'haalde {cards} uit elkaar tot «{stack}»'), ('undo', 'maakte een stap ongedaan')], max_length=10, verbose_name='wat')),
                ('stack', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plan.stack', verbose_name='stapel')),
                ('fragments', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, verbose_name='stemmen')),
                ('before', models.JSONField(null=True, verbose_name='wat er stond')),
                ('after', models.JSONField(default=dict, verbose_name='versies daarna')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='plan.act', verbose_name='maakt ongedaan')),
            ],
            options={
                'verbose_name': 'stap',
                'verbose_name_plural': 'stappen',
                'ordering': ['number'],
                'indexes': [models.Index(fields=['harvest', 'by', '-number'], name='own_steps'), django.contrib.postgres.indexes.GinIndex(fields=['fragments'], name='acts_about_a_voice')],
                'constraints': [models.UniqueConstraint(fields=('harvest', 'number'), name='one_act_per_number'), models.CheckConstraint(condition=models.Q(('verb__in', ['lay', 'move', 'take_off', 'settle', 'quote', 'decide', 'make', 'rename', 'hear', 'choose', 'join', 'split', 'undo'])), name='act_has_a_known_verb'), models.CheckConstraint(condition=models.Q(models.Q(('undoes__isnull', False), ('verb', 'undo')), models.Q(models.Q(('verb', 'undo'), _negated=True), ('undoes', None)), _connector='OR'), name='only_undo_undoes')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='naam')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='plaats in de rij')),
            ],
            options={
                'verbose_name': 'overleg',
                'verbose_name_plural': 'overleggen',
                'ordering': ['position', django.db.models.functions.text.Concat(django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value("(?<![^ ])(?:(?:aan|bij|in|onder|op|over|uit|voor) (?=(?:de|den|der|het|'t) )|(?:van|von|vd|v[./]? ?d[.]?|de|den|der|het|'t|'s|ten|ter|te) |'s-|d'(?=\\w))"), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), models.Value('\t'), django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField()), 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BodyMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='plan.body', verbose_name='overleg')),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='body_meetings', to='plan.harvest', verbose_name='opbrengst')),
                ('held_on', models.DateField(verbose_name='gehouden op')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='vastgelegd')),
            ],
            options={
                'verbose_name': 'bijeenkomst van een overleg',
                'verbose_name_plural': 'bijeenkomsten van overleggen',
                'ordering': ['-held_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('body', 'harvest', 'held_on'), name='one_meeting_of_a_body_a_day', violation_error_message='Deze bijeenkomst staat er al.')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(default='Ondersteuningsplan', max_length=80, verbose_name='naam')),
                ('intro', models.TextField(blank=True, help_text='Staat er tot reageren niet meer kan.', max_length=1000, verbose_name='inleiding bij het concept')),
                ('speech_title', models.CharField(blank=True, max_length=120, verbose_name='titel van de toespraak')),
                ('speech', models.TextField(blank=True, help_text='Zoals die over vier jaar klinkt. Leeg: de bladzijde van het jaar laat haar weg.', max_length=12000, verbose_name='de toespraak')),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'het plan',
                'verbose_name_plural': 'het plan',
                'constraints': [models.UniqueConstraint(models.Value(1), name='one_plan', violation_error_message='Er is al een plan.')],
            },
        ),
        migrations.CreateModel(
            name='PlanStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Bijvoorbeeld «overleg met gemeenten».', max_length=60, verbose_name='naam')),
                ('short', models.CharField(blank=True, help_text='Bijvoorbeeld «OOGO».', max_length=20, verbose_name='afkorting')),
                ('body', models.CharField(blank=True, help_text='Bijvoorbeeld «de gemeenten» of «het bestuur».', max_length=120, verbose_name='door wie')),
                ('explained', models.CharField(blank=True, max_length=200, verbose_name='in gewone woorden')),
                ('day', models.DateField(blank=True, null=True, verbose_name='op')),
                ('until', models.DateField(blank=True, help_text='Zonder «op»: uiterlijk op die dag.', null=True, verbose_name='tot en met')),
                ('document', models.URLField(blank=True, max_length=300, verbose_name='link naar het stuk')),
                ('does', models.CharField(blank=True, choices=[('', 'niets anders'), ('react', 'iedereen kan reageren'), ('agree', 'niets anders: dit is de instemming'), ('adopt', 'de zinnen staan vast')], default='', max_length=10, verbose_name='wat er dan gebeurt')),
                ('reached_at', models.DateTimeField(editable=False, null=True, verbose_name='bereikt')),
                ('reached_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='volgens')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='plaats in de rij')),
            ],
            options={
                'verbose_name': 'stap van het plan',
                'verbose_name_plural': 'stappen van het plan',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='step_has_a_name', violation_error_message='Geef de stap een naam.'), models.CheckConstraint(condition=models.Q(('does__in', ['', 'react', 'agree', 'adopt'])), name='step_does_something_known'), models.UniqueConstraint(condition=models.Q(('does', ''), _negated=True), fields=('does',), name='one_step_does_it', violation_error_message='Er is al een stap waarbij dit gebeurt.'), models.CheckConstraint(condition=models.Q(('until', None), ('day', None), ('until__gte', models.F('day')), _connector='OR'), name='step_ends_after_it_begins', violation_error_message='Een stap eindigt niet voor hij begint.')],
            },
        ),
        migrations.CreateModel(
            name='PostVoice',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
            },
            bases=('posts.post',),
        ),
        migrations.CreateModel(
            name='WensbeeldVoice',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
            },
            bases=('polls.wensbeeld',),
        ),
        migrations.CreateModel(
            name='IdeaVoice',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
            },
            bases=('polls.idea',),
        ),
        migrations.CreateModel(
            name='PollVoice',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
            },
            bases=('polls.poll',),
        ),
        migrations.CreateModel(
            name='WhereARoundBelongs',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
            },
            bases=('polls.stickerround',),
        ),
        migrations.CreateModel(
            name='TopicOfCafe',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
            },
            bases=('events.cafe',),
        ),
        migrations.CreateModel(
            name='Notes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='plan.harvest', verbose_name='opbrengst')),
                ('cafe', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='events.cafe', verbose_name='café')),
                ('meeting', models.CharField(blank=True, max_length=120, verbose_name='naam van de bijeenkomst')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='gehouden op')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begonnen door')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='begonnen')),
                ('version', models.PositiveBigIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'aantekeningen',
                'verbose_name_plural': 'aantekeningen',
                'ordering': ['-begun_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cafe__isnull', False), ('held_on', None), ('meeting', '')), models.Q(('cafe', None), ('held_on__isnull', False), models.Q(('meeting', ''), _negated=True)), _connector='OR'), name='notes_of_a_cafe_or_a_meeting', violation_error_message='Kies een café, of vul de naam en de dag van de bijeenkomst in.'), models.UniqueConstraint(condition=models.Q(('meeting', ''), _negated=True), fields=('meeting', 'held_on'), name='one_sheet_per_meeting', violation_error_message='Van deze bijeenkomst zijn er al aantekeningen.')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('notes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='plan.notes', verbose_name='aantekeningen')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='regel')),
                ('table', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tafel')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='werkplaats.role', verbose_name='rol')),
                ('text', models.CharField(max_length=500, verbose_name='wat er is gezegd')),
                ('times', models.PositiveSmallIntegerField(default=1, verbose_name='aantal keer gezegd')),
                ('on_behalf', models.CharField(blank=True, choices=[('telephone', 'per telefoon'), ('letter', 'per brief')], max_length=10, verbose_name='namens iemand')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='getypt door')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='getypt')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed', models.PositiveBigIntegerField(default=0, editable=False)),
                ('counted', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False)),
            ],
            options={
                'verbose_name': 'aantekening',
                'verbose_name_plural': 'aantekeningen',
                'ordering': ['notes', 'number'],
                'constraints': [models.UniqueConstraint(fields=('notes', 'number'), name='one_note_per_number'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_says_something', violation_error_message='Schrijf op wat er is gezegd.'), models.CheckConstraint(condition=models.Q(('times__range', (1, 999))), name='note_said_once_or_more', violation_error_message='Vul 1 tot en met 999 keer in.'), models.CheckConstraint(condition=models.Q(('table__isnull', True), ('table__range', (1, 99)), _connector='OR'), name='note_at_a_table', violation_error_message='Vul een tafel in van 1 tot en met 99.'), models.CheckConstraint(condition=models.Q(('on_behalf__in', ['', 'telephone', 'letter'])), name='note_on_behalf_known', violation_error_message='Kies per telefoon of per brief.')],
            },
        ),
        migrations.CreateModel(
            name='Fragment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fragments', to='plan.harvest', verbose_name='opbrengst')),
                ('post', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='fragment', to='posts.post', verbose_name='bijdrage')),
                ('wensbeeld', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='fragment', to='polls.wensbeeld', verbose_name='wensbeeld')),
                ('idea', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='fragment', to='polls.idea', verbose_name='idee')),
                ('poll', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='fragment', to='polls.poll', verbose_name='peiling')),
                ('note', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='fragment', to='plan.note', verbose_name='aantekening')),
                ('source_version', models.PositiveBigIntegerField(editable=False, verbose_name='versie van wat er is gezegd')),
                ('live', models.BooleanField(editable=False, verbose_name='te lezen')),
                ('destinations', models.PositiveIntegerField(default=0, editable=False, verbose_name='aantal bestemmingen')),
                ('version', models.PositiveBigIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'stem',
                'verbose_name_plural': 'stemmen',
                'indexes': [models.Index(condition=models.Q(('destinations', 0), ('live', True)), fields=['harvest', 'id'], name='voices_without_destination'), models.Index(condition=models.Q(('live', True)), fields=['harvest'], name='voices_to_read')],
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('post', 'wensbeeld', 'idea', 'poll', 'note', function='num_nonnulls', output_field=models.IntegerField()), 1), name='fragment_of_one_thing', violation_error_message='Een stem is precies één bijdrage, wensbeeld, idee, peiling of aantekening.')],
            },
        ),
        migrations.CreateModel(
            name='Destination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(blank=True, choices=[('plan', 'voorstel voor het plan'), ('good', 'dit gaat goed, dit houden we'), ('taken_up', 'al opgepakt door …'), ('next', 'nemen we mee naar een volgende stap'), ('answer', 'antwoord: …'), ('not', 'doen we niet, want …')], max_length=10, verbose_name='wat we ermee doen')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='in woorden')),
                ('decided_by', models.CharField(blank=True, max_length=120, verbose_name='wie dat besloot')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='besloten op')),
                ('harvest', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='destinations', to='plan.harvest')),
                ('fragment', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='lies_on', to='plan.fragment', verbose_name='stem')),
                ('stack', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cards_on', to='plan.stack', verbose_name='stapel')),
                ('source_version', models.PositiveBigIntegerField(editable=False, verbose_name='gelezen versie')),
                ('quote_from', models.PositiveIntegerField(blank=True, null=True, verbose_name='citaat vanaf')),
                ('quote_to', models.PositiveIntegerField(blank=True, null=True, verbose_name='citaat tot')),
                ('is_quote', models.BooleanField(default=False, verbose_name='citaat')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='neergelegd door')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='neergelegd')),
                ('version', models.PositiveBigIntegerField(editable=False)),
            ],
            options={
                'verbose_name': 'bestemming',
                'verbose_name_plural': 'bestemmingen',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('choice__in', ['', 'plan', 'good', 'taken_up', 'next', 'answer', 'not'])), name='destination_has_a_known_choice', violation_error_message='Kies wat jullie ermee doen.'), models.CheckConstraint(condition=models.Q(models.Q(('choice__in', ['taken_up', 'answer', 'not']), models.Q(('words', ''), _negated=True)), models.Q(models.Q(('choice__in', ['taken_up', 'answer', 'not']), _negated=True), ('words', '')), _connector='OR'), name='destination_choice_has_its_words', violation_error_message='Vul in wat er op de puntjes moet staan.'), models.CheckConstraint(condition=models.Q(models.Q(('choice', 'not'), ('decided_on__isnull', False), models.Q(('decided_by', ''), _negated=True)), models.Q(models.Q(('choice', 'not'), _negated=True), ('decided_by', ''), ('decided_on', None)), _connector='OR'), name='destination_refusal_says_who_and_when', violation_error_message='Vul bij «doen we niet» in wie dat besloot, en wanneer.'), models.CheckConstraint(condition=models.Q(('stack__isnull', False), models.Q(('choice', ''), _negated=True), _connector='OR'), name='destination_is_a_stack_or_a_choice', violation_error_message='Kies een stapel, of wat jullie met deze stem doen.'), models.UniqueConstraint(fields=('fragment', 'stack'), name='once_on_a_stack', nulls_distinct=False, violation_error_message='Deze stem ligt daar al.'), models.CheckConstraint(condition=models.Q(models.Q(('quote_from', None), ('quote_to', None)), models.Q(('is_quote', True), ('quote_from__isnull', False), ('quote_from__lt', models.F('quote_to')), ('quote_to__isnull', False)), _connector='OR'), name='quote_has_a_begin_and_an_end', violation_error_message='Markeer de woorden van het citaat nog eens.')],
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('xlsx', 'Excel'), ('docx', 'Word')], max_length=4, verbose_name='soort')),
                ('harvest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='exports', to='plan.harvest', verbose_name='opbrengst')),
                ('names', models.BooleanField(default=False, verbose_name='met namen')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gevraagd door')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='gevraagd')),
                ('touched_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='laatste teken van de computer')),
                ('state', models.CharField(choices=[('waiting', 'wacht op de computer'), ('making', 'wordt gemaakt'), ('made', 'klaar'), ('failed', 'niet gelukt')], default='waiting', max_length=7, verbose_name='stand')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='hoever')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='van hoeveel')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='aantal bytes')),
                ('problem', models.CharField(blank=True, max_length=200, verbose_name='wat er misging')),
            ],
            options={
                'verbose_name': 'bestand met de opbrengst',
                'verbose_name_plural': 'bestanden met de opbrengst',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['xlsx', 'docx'])), name='export_of_a_known_kind'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('problem', ''), _negated=True)), models.Q(('problem', ''), ('state__in', ['waiting', 'making', 'made'])), _connector='OR'), name='failed_export_says_why'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'making'])), fields=('kind', 'harvest', 'names'), name='one_export_under_way', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='ExportPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('export', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='plan.export')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('export', 'number'), name='one_part_per_number')],
            },
        ),
        migrations.CreateModel(
            name='LeavesNoFile',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
            },
            bases=('plan.fragment',),
        ),
        migrations.CreateModel(
            name='Chapter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='hoofdstuk')),
                ('title', models.CharField(max_length=120, verbose_name='titel')),
            ],
            options={
                'verbose_name': 'hoofdstuk',
                'verbose_name_plural': 'hoofdstukken',
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='chapter_has_a_title', violation_error_message='Geef het hoofdstuk een titel.')],
            },
        ),
        migrations.CreateModel(
            name='Sentence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chapter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sentences', to='plan.chapter', verbose_name='hoofdstuk')),
                ('number', models.PositiveSmallIntegerField(verbose_name='zin')),
                ('origin', models.CharField(choices=[('voices', 'uit wat er is gezegd'), ('law', 'de wet schrijft dit voor')], default='voices', max_length=10, verbose_name='waar die vandaan komt')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='vervallen op')),
                ('question', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sentence', to='posts.question', verbose_name='reacties')),
            ],
            options={
                'verbose_name': 'zin van het plan',
                'verbose_name_plural': 'zinnen van het plan',
                'ordering': ['chapter__number', 'number'],
                'constraints': [models.UniqueConstraint(fields=('chapter', 'number'), name='one_sentence_per_number'), models.CheckConstraint(condition=models.Q(('origin__in', ['voices', 'law'])), name='sentence_has_an_origin', violation_error_message='Kies waar deze zin vandaan komt.')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='plan.sentence', verbose_name='zin')),
                ('number', models.PositiveIntegerField(verbose_name='versie')),
                ('text', models.TextField(max_length=800, verbose_name='zin')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geschreven door')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='geschreven')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='openbaar sinds')),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), default=list, editable=False, verbose_name='bronnen')),
                ('why', models.CharField(blank=True, max_length=200, verbose_name='waarom deze zin anders werd')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='besloten op')),
                ('thumbs', models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, editable=False)),
                ('common', models.TextField(blank=True, db_default='', editable=False)),
            ],
            options={
                'verbose_name': 'formulering',
                'verbose_name_plural': 'formuleringen',
                'ordering': ['sentence', 'number'],
                'constraints': [models.UniqueConstraint(fields=('sentence', 'number'), name='one_wording_per_number'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='wording_says_something', violation_error_message='Schrijf eerst de zin op.')],
            },
        ),
        migrations.CreateModel(
            name='Ground',
            fields=[
                ('shown', models.JSONField(default=dict)),
                ('seen', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('fragment', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='ground', serialize=False, to='plan.fragment')),
            ],
            options={
                'verbose_name': 'telling per rol',
                'verbose_name_plural': 'tellingen per rol',
            },
        ),
        migrations.CreateModel(
            name='WordingGround',
            fields=[
                ('shown', models.JSONField(default=dict)),
                ('seen', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('wording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='ground', serialize=False, to='plan.wording', verbose_name='formulering')),
            ],
            options={
                'verbose_name': 'telling per rol van een formulering',
                'verbose_name_plural': 'tellingen per rol van formuleringen',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('idea', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='nummer van het idee')),
                ('voice', models.BigIntegerField(db_index=True, verbose_name='nummer van de stem')),
            ],
            options={
                'verbose_name': 'vertelling',
                'verbose_name_plural': 'vertellingen',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('harvest', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='comparison', serialize=False, to='plan.harvest', verbose_name='opbrengst')),
                ('at', models.DateTimeField(verbose_name='begonnen')),
                ('took', models.DurationField(verbose_name='duur')),
            ],
            options={
                'verbose_name': 'vergelijking',
                'verbose_name_plural': 'vergelijkingen',
            },
        ),
        migrations.CreateModel(
            name='Compared',
            fields=[
                ('fragment', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='compared', serialize=False, to='plan.fragment', verbose_name='stem')),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.harvest', verbose_name='opbrengst')),
                ('source_version', models.PositiveBigIntegerField(verbose_name='vergeleken versie')),
                ('place', models.PositiveIntegerField(verbose_name='plaats, soort bij soort')),
            ],
            options={
                'verbose_name': 'vergeleken stem',
                'verbose_name_plural': 'vergeleken stemmen',
                'indexes': [models.Index(fields=['harvest', 'place'], name='alike_after_alike')],
            },
        ),
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fragment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='likenesses', to='plan.fragment', verbose_name='stem')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='alike_to', to='plan.fragment', verbose_name='lijkt op')),
                ('source_version', models.PositiveBigIntegerField(verbose_name='vergeleken versie')),
                ('other_version', models.PositiveBigIntegerField(verbose_name='vergeleken versie van de ander')),
                ('strength', models.PositiveSmallIntegerField(verbose_name='hoe sterk, in duizendsten')),
                ('marks', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), default=list, verbose_name='wat ze delen')),
            ],
            options={
                'verbose_name': 'gelijkenis',
                'verbose_name_plural': 'gelijkenissen',
                'constraints': [models.UniqueConstraint(fields=('fragment', 'other'), name='alike_once')],
            },
        ),
        migrations.CreateModel(
            name='NotesPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='plan.notes', verbose_name='aantekeningen')),
                ('picture', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='of_notes', to='werkplaats.picture', verbose_name='foto')),
                ('turn', models.PositiveSmallIntegerField(default=0, verbose_name='gedraaid')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='van')),
                ('kept_until', models.DateField(default=plan.models.photos.last_day, verbose_name='bewaard tot en met')),
            ],
            options={
                'verbose_name': 'foto van een flap',
                'verbose_name_plural': "foto's van flappen",
                'ordering': ['notes', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('turn__in', (0, 90, 180, 270))), name='photo_turned_by_quarters')],
            },
        ),
        migrations.CreateModel(
            name='Typist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='typists', to='plan.notes', verbose_name='aantekeningen')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie')),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plan.notesphoto', verbose_name='foto')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wanneer')),
            ],
            options={
                'verbose_name': 'wie er typt',
                'verbose_name_plural': 'wie er typen',
                'constraints': [models.UniqueConstraint(fields=('notes', 'user'), name='once_at_an_evening')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.harvest')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fragment', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plan.fragment')),
                ('backwards', models.BooleanField(default=False)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'wie er sorteert',
                'verbose_name_plural': 'wie er sorteert',
                'constraints': [models.UniqueConstraint(fields=('harvest', 'user'), name='present_once')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('harvest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='plan.harvest', verbose_name='opbrengst')),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('version', models.PositiveBigIntegerField(verbose_name='stand van de werkbank')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='openbaar gemaakt door')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='openbaar sinds')),
                ('changed', models.CharField(blank=True, max_length=300, verbose_name='wat er veranderde')),
                ('figures', models.JSONField(default=dict, editable=False, verbose_name='getallen')),
                ('reacts_until', models.DateField(verbose_name='reageren kan tot en met')),
                ('leaves_at', models.DateTimeField(editable=False, verbose_name='de mails gaan om')),
                ('stopped_at', models.DateTimeField(editable=False, null=True, verbose_name='mails tegengehouden')),
                ('stopped_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tegengehouden door')),
                ('told_at', models.DateTimeField(editable=False, null=True, verbose_name='verteld')),
            ],
            options={
                'verbose_name': 'publicatie',
                'verbose_name_plural': 'publicaties',
                'ordering': ['harvest', '-number'],
                'constraints': [models.UniqueConstraint(fields=('harvest', 'number'), name='one_publication_per_number'), models.CheckConstraint(condition=models.Q(models.Q(('changed', ''), ('number', 1)), models.Q(('number__gt', 1), models.Q(('changed', ''), _negated=True)), _connector='OR'), name='correction_says_what_changed', violation_error_message='Schrijf in één zin op wat er veranderde.'), models.CheckConstraint(condition=models.Q(('stopped_at', None), ('told_at', None), _connector='OR'), name='told_or_stopped')],
            },
        ),
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(blank=True, choices=[('plan', 'voorstel voor het plan'), ('good', 'dit gaat goed, dit houden we'), ('taken_up', 'al opgepakt door …'), ('next', 'nemen we mee naar een volgende stap'), ('answer', 'antwoord: …'), ('not', 'doen we niet, want …')], max_length=10, verbose_name='wat we ermee doen')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='in woorden')),
                ('decided_by', models.CharField(blank=True, max_length=120, verbose_name='wie dat besloot')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='besloten op')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heard', to='plan.publication', verbose_name='publicatie')),
                ('stack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heard_as', to='plan.stack', verbose_name='stapel')),
                ('place', models.PositiveIntegerField(verbose_name='plaats')),
                ('heard', models.CharField(blank=True, max_length=200, verbose_name='wat we hoorden')),
                ('times', models.PositiveIntegerField(verbose_name='aantal keer gehoord')),
                ('speakers', models.JSONField(default=list, verbose_name='van wie')),
                ('others', models.PositiveIntegerField(default=0, verbose_name='van anderen')),
                ('by_role', models.JSONField(default=dict, editable=False, verbose_name='per rol')),
                ('stacks', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, verbose_name='stapels')),
                ('erased_at', models.DateTimeField(editable=False, null=True, verbose_name='gewist')),
            ],
            options={
                'verbose_name': 'wat we hoorden',
                'verbose_name_plural': 'wat we hoorden',
                'ordering': ['publication', 'place'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('publication', 'stack'), name='heard_once'), models.CheckConstraint(condition=models.Q(models.Q(('erased_at', None), models.Q(('heard', ''), _negated=True), models.Q(('choice', ''), _negated=True)), models.Q(('erased_at__isnull', False), ('heard', '')), _connector='OR'), name='heard_says_something')],
            },
        ),
        migrations.CreateModel(
            name='HeardVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(blank=True, choices=[('plan', 'voorstel voor het plan'), ('good', 'dit gaat goed, dit houden we'), ('taken_up', 'al opgepakt door …'), ('next', 'nemen we mee naar een volgende stap'), ('answer', 'antwoord: …'), ('not', 'doen we niet, want …')], max_length=10, verbose_name='wat we ermee doen')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='in woorden')),
                ('decided_by', models.CharField(blank=True, max_length=120, verbose_name='wie dat besloot')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='besloten op')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='plan.publication', verbose_name='publicatie')),
                ('heard', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='plan.heard', verbose_name='wat we hoorden')),
                ('fragment', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='heard_as', to='plan.fragment', verbose_name='stem')),
                ('source_version', models.PositiveBigIntegerField(editable=False, verbose_name='gelezen versie')),
                ('is_quote', models.BooleanField(default=False, verbose_name='citaat')),
                ('quote_from', models.PositiveIntegerField(null=True, verbose_name='citaat vanaf')),
                ('quote_to', models.PositiveIntegerField(null=True, verbose_name='citaat tot')),
            ],
            options={
                'verbose_name': 'stem in een publicatie',
                'verbose_name_plural': 'stemmen in publicaties',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('publication', 'fragment', 'heard'), name='voice_heard_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('heard__isnull', False), models.Q(('choice', ''), _negated=True), _connector='OR'), name='voice_is_heard_or_answered')],
            },
        ),
        migrations.CreateModel(
            name='WordingThumb',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='werkplaats.visitor', verbose_name='bezoeker')),
                ('value', models.SmallIntegerField(choices=[(1, 'omhoog'), (-1, 'omlaag')])),
                ('role', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='werkplaats.role')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('wording', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='given', to='plan.wording', verbose_name='formulering')),
            ],
            options={
                'verbose_name': 'duimpje bij een zin van het plan',
                'verbose_name_plural': 'duimpjes bij zinnen van het plan',
                'constraints': [models.UniqueConstraint(fields=('wording', 'visitor'), name='one_thumb_per_wording'), models.CheckConstraint(condition=models.Q(('value__in', [1, -1])), name='wordingthumb_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='bron')),
                ('stack', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='source', to='plan.stack', verbose_name='stapel')),
                ('fragment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='source', to='plan.fragment', verbose_name='stem')),
            ],
            options={
                'verbose_name': 'bron',
                'verbose_name_plural': 'bronnen',
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stack', None), ('fragment', None), _connector='OR'), name='source_is_a_stack_or_a_voice', violation_error_message='Een bron is een stapel of een stem.')],
            },
        ),
        migrations.CreateModel(
            name='Footnote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='footnotes', to='plan.sentence', verbose_name='zin')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='footnotes', to='plan.source', verbose_name='bron')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gekoppeld door')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='gekoppeld')),
            ],
            options={
                'verbose_name': 'voetnoot',
                'verbose_name_plural': 'voetnoten',
                'ordering': ['sentence', 'source__number'],
                'constraints': [models.UniqueConstraint(fields=('sentence', 'source'), name='one_footnote_per_source', violation_error_message='Deze bron staat al bij de zin.')],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='plan.publication', verbose_name='publicatie')),
                ('user', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='told', to=settings.AUTH_USER_MODEL, verbose_name='gebruiker')),
                ('visitor', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='told', to='werkplaats.visitor', verbose_name='bezoeker')),
                ('registration', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='told', to='events.registration', verbose_name='aanmelding')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sinds')),
                ('mailed_at', models.DateTimeField(editable=False, null=True, verbose_name='gemaild')),
            ],
            options={
                'verbose_name': 'bericht over inbreng',
                'verbose_name_plural': 'berichten over inbreng',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('user_id', 'visitor_id', 'registration_id', function='num_nonnulls', output_field=models.IntegerField()), 1), name='told_to_one'), models.UniqueConstraint(fields=('publication', 'user'), name='told_user_once'), models.UniqueConstraint(fields=('publication', 'visitor'), name='told_visitor_once'), models.UniqueConstraint(fields=('publication', 'registration'), name='told_registration_once')],
            },
        ),
        migrations.CreateModel(
            name='ToldVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='plan.told', verbose_name='bericht')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.publication', verbose_name='publicatie')),
                ('fragment', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='told_as', to='plan.fragment', verbose_name='stem')),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Ja, dat bedoelde ik'), ('no', 'Nee, ik bedoelde …')], max_length=3, verbose_name='antwoord')),
                ('meant', models.CharField(blank=True, max_length=300, verbose_name='wat ik bedoelde')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='beantwoord')),
                ('named_at', models.DateTimeField(editable=False, null=True, verbose_name='naam mag erbij sinds')),
                ('reply', models.TextField(blank=True, max_length=1000, verbose_name='antwoord aan de schrijver')),
                ('replied_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beantwoord door')),
                ('replied_at', models.DateTimeField(editable=False, null=True, verbose_name='teruggeschreven')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'antwoord op «Hebben we je goed begrepen?»',
                'verbose_name_plural': 'antwoorden op «Hebben we je goed begrepen?»',
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('answer', 'no'), ('replied_at', None)), fields=['answered_at'], name='noes_to_answer')],
                'constraints': [models.UniqueConstraint(fields=('publication', 'fragment'), name='voice_told_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('meant', '')), models.Q(('answer', 'yes'), ('answered_at__isnull', False), ('meant', '')), models.Q(('answer', 'no'), ('answered_at__isnull', False), models.Q(('meant', ''), _negated=True)), _connector='OR'), name='no_says_what_was_meant', violation_error_message='Schrijf in een paar woorden wat je bedoelde.'), models.CheckConstraint(condition=models.Q(models.Q(('replied_at', None), ('reply', '')), models.Q(models.Q(('reply', ''), _negated=True), ('replied_at__isnull', False)), _connector='OR'), name='reply_has_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='OutcomesSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)s', to='werkplaats.visitor')),
                ('until', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='act',
            trigger=pgtrigger.compiler.Trigger(name='act_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='20b5defeb2a890f3f9ca8bbdc4c0d80daaf0a8a3', operation='DELETE', pgid='pgtrigger_act_stays_805aa', table='plan_act', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='act',
            trigger=pgtrigger.compiler.Trigger(name='act_is_done', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."harvest_id" IS DISTINCT FROM (NEW."harvest_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."verb" IS DISTINCT FROM (NEW."verb") OR OLD."fragments" IS DISTINCT FROM (NEW."fragments") OR OLD."after" IS DISTINCT FROM (NEW."after") OR OLD."undoes_id" IS DISTINCT FROM (NEW."undoes_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='573f5c5c09eabde319217af23e744972d24bd990', operation='UPDATE', pgid='pgtrigger_act_is_done_cdaff', table='plan_act', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='5a65ddd4645553c47997be91c208059384d81bff', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_b24d8', table='plan_body', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='plan_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.version = OLD.version + 1; RETURN NEW;', hash='4955f6db10f89d7673d9d5e7fdbe65aa13da010d', operation='UPDATE OF "title", "intro", "speech_title", "speech"', pgid='pgtrigger_plan_changes_568cc', table='plan_plan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstep',
            trigger=pgtrigger.compiler.Trigger(name='step_shows', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE plan_plan SET version = version + 1; RETURN NULL;', hash='4a74cf42934a27c88dd300e379648921fd496e50', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_step_shows_d6b8a', table='plan_planstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstep',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='3d92a463266b1e9ddc219db19122ce61c224496f', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_079dd', table='plan_planstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstep',
            trigger=pgtrigger.compiler.Trigger(name='reached_step_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."reached_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='818e26de03ac1b1741aeaf5d5d975d33efe85591', operation='DELETE', pgid='pgtrigger_reached_step_stays_f502f', table='plan_planstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.published_at IS NOT NULL)', func="\n    DELETE FROM plan_fragment f USING posts_post post\n    WHERE f.post_id = post.id AND (post.erased_at IS NOT NULL OR post.child_at IS NOT NULL) AND post.id = NEW.id;\n\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live\n    FROM posts_post post JOIN posts_post root ON root.id = post.root_id\n    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'\n    WHERE post.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (post_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live\n    FROM posts_post post JOIN posts_post root ON root.id = post.root_id\n    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'\n    WHERE post.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.post_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (post_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live\n    FROM posts_post post JOIN posts_post root ON root.id = post.root_id\n    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'\n    WHERE post.id = NEW.id\n) said\n    WHERE f.post_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;", hash='4f0eddc27af851fcae0f32af2e203fe5e3dcafe7', operation='INSERT', pgid='pgtrigger_voice_begins_01577', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.version, OLD.question_id, OLD.published_at, OLD.removed_at, OLD.erased_at, OLD.child_at) IS DISTINCT FROM (NEW.version, NEW.question_id, NEW.published_at, NEW.removed_at, NEW.erased_at, NEW.child_at))', func="\n    DELETE FROM plan_fragment f USING posts_post post\n    WHERE f.post_id = post.id AND (post.erased_at IS NOT NULL OR post.child_at IS NOT NULL) AND post.id = NEW.id;\n\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live\n    FROM posts_post post JOIN posts_post root ON root.id = post.root_id\n    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'\n    WHERE post.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (post_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live\n    FROM posts_post post JOIN posts_post root ON root.id = post.root_id\n    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'\n    WHERE post.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.post_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (post_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live\n    FROM posts_post post JOIN posts_post root ON root.id = post.root_id\n    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'\n    WHERE post.id = NEW.id\n) said\n    WHERE f.post_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;", hash='b96be8bc2828928f24b98c8f48dfd0e5f3b0773d', operation='UPDATE', pgid='pgtrigger_voice_changes_1c29e', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_ends', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM plan_fragment WHERE post_id = OLD.id; RETURN NULL;', hash='a796e5ea333d9146443fdf963c99786a0c948d95', operation='DELETE', pgid='pgtrigger_voice_ends_e69d6', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_opens_thread', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.parent_id IS NULL AND (OLD.published_at IS NULL) <> (NEW.published_at IS NULL))', func="\n    DELETE FROM plan_fragment f USING posts_post post\n    WHERE f.post_id = post.id AND (post.erased_at IS NOT NULL OR post.child_at IS NOT NULL) AND post.root_id = NEW.id;\n\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live\n    FROM posts_post post JOIN posts_post root ON root.id = post.root_id\n    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'\n    WHERE post.root_id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (post_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live\n    FROM posts_post post JOIN posts_post root ON root.id = post.root_id\n    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'\n    WHERE post.root_id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.post_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (post_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live\n    FROM posts_post post JOIN posts_post root ON root.id = post.root_id\n    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'\n    WHERE post.root_id = NEW.id\n) said\n    WHERE f.post_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;", hash='369463fbef79657797546b55aaf6e71608009441', operation='UPDATE', pgid='pgtrigger_voice_opens_thread_3a336', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_is_claimed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.author_id IS NOT NULL AND OLD.author_id IS DISTINCT FROM NEW.author_id)', func="\n    INSERT INTO plan_told (publication_id, user_id, key, at)\n    SELECT row.publication_id, NEW.author_id, gen_random_uuid(), now()\n    FROM plan_toldvoice row JOIN plan_fragment f ON f.id = row.fragment_id\n    WHERE f.post_id = NEW.id\n    ON CONFLICT DO NOTHING;\n\n    WITH moved AS (\n        UPDATE plan_toldvoice row SET told_id = theirs.id, named_at = NULL,\n            answer = '', meant = '', answered_at = NULL, reply = '', replied_by_id = NULL, replied_at = NULL,\n            version = row.version + 1\n        FROM plan_fragment f, plan_told was, plan_told theirs\n        WHERE f.post_id = NEW.id AND row.fragment_id = f.id AND was.id = row.told_id\n            AND theirs.publication_id = row.publication_id AND theirs.user_id = NEW.author_id AND theirs.id <> was.id\n        RETURNING row.id, was.id AS told_id\n    )\n    DELETE FROM plan_told told USING moved\n    WHERE told.id = moved.told_id AND told.visitor_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM plan_toldvoice other WHERE other.told_id = told.id AND other.id NOT IN (SELECT id FROM moved)\n    );\n    RETURN NULL;\n", hash='db0e49843e998e4f6ae90f164adbe35792975d12', operation='UPDATE OF "author_id"', pgid='pgtrigger_voice_is_claimed_e68f3', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wensbeeldvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.published_at IS NOT NULL)', func="\n    DELETE FROM plan_fragment f USING polls_wensbeeld beeld\n    WHERE f.wensbeeld_id = beeld.id AND beeld.child_at IS NOT NULL AND beeld.id = NEW.id;\n\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT beeld.id, beeld.version, (\n            SELECT question.id FROM posts_question question\n            WHERE question.kind = 'asked' AND question.opened_at <= beeld.created_at\n            ORDER BY question.closed_at IS NULL OR question.closed_at > beeld.created_at DESC,\n                question.opened_at DESC, question.id DESC\n            LIMIT 1\n        ) AS question_id, NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        beeld.published_at IS NOT NULL AND beeld.removed_at IS NULL AS live\n    FROM polls_wensbeeld beeld WHERE beeld.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (wensbeeld_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT beeld.id, beeld.version, (\n            SELECT question.id FROM posts_question question\n            WHERE question.kind = 'asked' AND question.opened_at <= beeld.created_at\n            ORDER BY question.closed_at IS NULL OR question.closed_at > beeld.created_at DESC,\n                question.opened_at DESC, question.id DESC\n            LIMIT 1\n        ) AS question_id, NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        beeld.published_at IS NOT NULL AND beeld.removed_at IS NULL AS live\n    FROM polls_wensbeeld beeld WHERE beeld.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.wensbeeld_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR false\n    )\n    ORDER BY said.id\n    ON CONFLICT (wensbeeld_id) DO UPDATE\n    SET harvest_id = f.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT beeld.id, beeld.version, (\n            SELECT question.id FROM posts_question question\n            WHERE question.kind = 'asked' AND question.opened_at <= beeld.created_at\n            ORDER BY question.closed_at IS NULL OR question.closed_at > beeld.created_at DESC,\n                question.opened_at DESC, question.id DESC\n            LIMIT 1\n        ) AS question_id, NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        beeld.published_at IS NOT NULL AND beeld.removed_at IS NULL AS live\n    FROM polls_wensbeeld beeld WHERE beeld.id = NEW.id\n) said\n    WHERE f.wensbeeld_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;", hash='967f82c29118ccabe51538e5ee5502a9b1963d2d', operation='INSERT', pgid='pgtrigger_voice_begins_6d8f0', table='polls_wensbeeld', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wensbeeldvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.version, OLD.published_at, OLD.removed_at, OLD.child_at) IS DISTINCT FROM (NEW.version, NEW.published_at, NEW.removed_at, NEW.child_at))', func="\n    DELETE FROM plan_fragment f USING polls_wensbeeld beeld\n    WHERE f.wensbeeld_id = beeld.id AND beeld.child_at IS NOT NULL AND beeld.id = NEW.id;\n\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT beeld.id, beeld.version, (\n            SELECT question.id FROM posts_question question\n            WHERE question.kind = 'asked' AND question.opened_at <= beeld.created_at\n            ORDER BY question.closed_at IS NULL OR question.closed_at > beeld.created_at DESC,\n                question.opened_at DESC, question.id DESC\n            LIMIT 1\n        ) AS question_id, NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        beeld.published_at IS NOT NULL AND beeld.removed_at IS NULL AS live\n    FROM polls_wensbeeld beeld WHERE beeld.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (wensbeeld_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT beeld.id, beeld.version, (\n            SELECT question.id FROM posts_question question\n            WHERE question.kind = 'asked' AND question.opened_at <= beeld.created_at\n            ORDER BY question.closed_at IS NULL OR question.closed_at > beeld.created_at DESC,\n                question.opened_at DESC, question.id DESC\n            LIMIT 1\n        ) AS question_id, NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        beeld.published_at IS NOT NULL AND beeld.removed_at IS NULL AS live\n    FROM polls_wensbeeld beeld WHERE beeld.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.wensbeeld_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR false\n    )\n    ORDER BY said.id\n    ON CONFLICT (wensbeeld_id) DO UPDATE\n    SET harvest_id = f.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT beeld.id, beeld.version, (\n            SELECT question.id FROM posts_question question\n            WHERE question.kind = 'asked' AND question.opened_at <= beeld.created_at\n            ORDER BY question.closed_at IS NULL OR question.closed_at > beeld.created_at DESC,\n                question.opened_at DESC, question.id DESC\n            LIMIT 1\n        ) AS question_id, NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        beeld.published_at IS NOT NULL AND beeld.removed_at IS NULL AS live\n    FROM polls_wensbeeld beeld WHERE beeld.id = NEW.id\n) said\n    WHERE f.wensbeeld_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;", hash='7f7118be5cc8ca0fa7c2b6145ba16be77bcc93ad', operation='UPDATE', pgid='pgtrigger_voice_changes_b6321', table='polls_wensbeeld', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wensbeeldvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_ends', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM plan_fragment WHERE wensbeeld_id = OLD.id; RETURN NULL;', hash='63fbc40acd9d565116b31645941ea955abb89a18', operation='DELETE', pgid='pgtrigger_voice_ends_ed5db', table='polls_wensbeeld', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ideavoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (true)', func='\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,\n        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live\n    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE idea.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (idea_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,\n        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live\n    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE idea.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.idea_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (idea_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,\n        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live\n    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE idea.id = NEW.id\n) said\n    WHERE f.idea_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;', hash='d5dcb8cbafc6d147cd26d4c30cacae6b15a78cc4', operation='INSERT', pgid='pgtrigger_voice_begins_99b39', table='polls_idea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ideavoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.version, OLD.removed_at, OLD.joined_into_id, OLD.round_id) IS DISTINCT FROM (NEW.version, NEW.removed_at, NEW.joined_into_id, NEW.round_id))', func='\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,\n        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live\n    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE idea.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (idea_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,\n        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live\n    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE idea.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.idea_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (idea_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,\n        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live\n    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE idea.id = NEW.id\n) said\n    WHERE f.idea_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;', hash='95d764ff94a9edddff3c40e2636617c26474594f', operation='UPDATE', pgid='pgtrigger_voice_changes_7158e', table='polls_idea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ideavoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_ends', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM plan_fragment WHERE idea_id = OLD.id; RETURN NULL;', hash='26f4a2f5b7ec0eeaa88647b7d7f75c2644b0ea85', operation='DELETE', pgid='pgtrigger_voice_ends_bd801', table='polls_idea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pollvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (true)', func='\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT poll.id, 1 AS version, COALESCE(poll.room_question_id, poll.placed_with_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        CASE WHEN poll.is_of_room THEN poll.room_result IS NOT NULL\n            ELSE COALESCE(poll.opens_at <= now(), true) END AS live\n    FROM polls_poll poll WHERE poll.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (poll_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT poll.id, 1 AS version, COALESCE(poll.room_question_id, poll.placed_with_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        CASE WHEN poll.is_of_room THEN poll.room_result IS NOT NULL\n            ELSE COALESCE(poll.opens_at <= now(), true) END AS live\n    FROM polls_poll poll WHERE poll.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.poll_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (poll_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT poll.id, 1 AS version, COALESCE(poll.room_question_id, poll.placed_with_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        CASE WHEN poll.is_of_room THEN poll.room_result IS NOT NULL\n            ELSE COALESCE(poll.opens_at <= now(), true) END AS live\n    FROM polls_poll poll WHERE poll.id = NEW.id\n) said\n    WHERE f.poll_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;', hash='083f83399d56860121e663e4215267d3ff0dd1f0', operation='INSERT', pgid='pgtrigger_voice_begins_1ee7e', table='polls_poll', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pollvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.placed_with_id, OLD.opens_at, OLD.room_question_id, OLD.room_result) IS DISTINCT FROM (NEW.placed_with_id, NEW.opens_at, NEW.room_question_id, NEW.room_result))', func='\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT poll.id, 1 AS version, COALESCE(poll.room_question_id, poll.placed_with_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        CASE WHEN poll.is_of_room THEN poll.room_result IS NOT NULL\n            ELSE COALESCE(poll.opens_at <= now(), true) END AS live\n    FROM polls_poll poll WHERE poll.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (poll_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT poll.id, 1 AS version, COALESCE(poll.room_question_id, poll.placed_with_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        CASE WHEN poll.is_of_room THEN poll.room_result IS NOT NULL\n            ELSE COALESCE(poll.opens_at <= now(), true) END AS live\n    FROM polls_poll poll WHERE poll.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.poll_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (poll_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT poll.id, 1 AS version, COALESCE(poll.room_question_id, poll.placed_with_id) AS question_id,\n        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,\n        CASE WHEN poll.is_of_room THEN poll.room_result IS NOT NULL\n            ELSE COALESCE(poll.opens_at <= now(), true) END AS live\n    FROM polls_poll poll WHERE poll.id = NEW.id\n) said\n    WHERE f.poll_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;', hash='57e3d2ceb90d36c2e8fd848e79038e7879160e40', operation='UPDATE', pgid='pgtrigger_voice_changes_d2e3b', table='polls_poll', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pollvoice',
            trigger=pgtrigger.compiler.Trigger(name='voice_ends', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM plan_fragment WHERE poll_id = OLD.id; RETURN NULL;', hash='18744d2a1853d862baaef21102a53ac3a2b19bb2', operation='DELETE', pgid='pgtrigger_voice_ends_6855f', table='polls_poll', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wherearoundbelongs',
            trigger=pgtrigger.compiler.Trigger(name='voice_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.cycle_id) IS DISTINCT FROM (NEW.cycle_id))', func='\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,\n        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live\n    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE idea.round_id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (idea_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,\n        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live\n    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE idea.round_id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.idea_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (idea_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,\n        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live\n    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE idea.round_id = NEW.id\n) said\n    WHERE f.idea_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;', hash='4db5758c066bd2ac9e3147502272aff1fb5180a5', operation='UPDATE OF "cycle_id"', pgid='pgtrigger_voice_moves_fe488', table='polls_stickerround', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topicofcafe',
            trigger=pgtrigger.compiler.Trigger(name='voice_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.topic_id) IS DISTINCT FROM (NEW.topic_id))', declare='DECLARE of_cycle bigint;', func='\n                    IF NOT EXISTS (SELECT FROM plan_notes WHERE cafe_id = NEW.id) THEN\n                        RETURN NULL;\n                    END IF;\n                    IF NEW.topic_id IS NULL THEN\n                        SELECT min(designcycle_id) INTO of_cycle FROM polls_designcycle_cafes WHERE cafe_id = NEW.id;\n                    END IF;\n                    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n                    VALUES (\n                        NEW.topic_id, CASE WHEN NEW.topic_id IS NULL AND of_cycle IS NULL THEN NEW.id END, of_cycle, 0\n                    )\n                    ON CONFLICT DO NOTHING;\n                    UPDATE plan_notes SET harvest_id = (\n                        SELECT id FROM plan_harvest WHERE CASE\n                            WHEN NEW.topic_id IS NOT NULL THEN question_id = NEW.topic_id\n                            WHEN of_cycle IS NOT NULL THEN cycle_id = of_cycle\n                            ELSE cafe_id = NEW.id\n                        END\n                    )\n                    WHERE cafe_id = NEW.id;\n                    RETURN NULL;\n                ', hash='8b482808b20f372ef1cbd68abed300df32551ce2', operation='UPDATE OF "topic_id"', pgid='pgtrigger_voice_moves_e41e8', table='events_cafe', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notes',
            trigger=pgtrigger.compiler.Trigger(name='voice_moves', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.harvest_id) IS DISTINCT FROM (NEW.harvest_id))', func='\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live\n    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id\n    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE note.notes_id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (note_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live\n    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id\n    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE note.notes_id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.note_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (note_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live\n    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id\n    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE note.notes_id = NEW.id\n) said\n    WHERE f.note_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;', hash='f680adbb5ded9cb0d8b76c129af4f417a1b170ee', operation='UPDATE OF "harvest_id"', pgid='pgtrigger_voice_moves_f6cd7', table='plan_notes', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='raises_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.version = OLD.version + (OLD.text IS DISTINCT FROM NEW.text OR OLD.table IS DISTINCT FROM NEW.table OR OLD.role_id IS DISTINCT FROM NEW.role_id OR OLD.times IS DISTINCT FROM NEW.times OR OLD.on_behalf IS DISTINCT FROM NEW.on_behalf)::int; RETURN NEW;', hash='586658fe571a92cff44029614e1434f294fba8e0', operation='UPDATE', pgid='pgtrigger_raises_version_f170e', table='plan_note', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='voice_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (true)', func='\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live\n    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id\n    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE note.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (note_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live\n    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id\n    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE note.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.note_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (note_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live\n    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id\n    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE note.id = NEW.id\n) said\n    WHERE f.note_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;', hash='128b0cfed7a56fc4468450bffad5eaaf60eff6c0', operation='INSERT', pgid='pgtrigger_voice_begins_59bba', table='plan_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='voice_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.version) IS DISTINCT FROM (NEW.version))', func='\n    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)\n    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM (\n    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live\n    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id\n    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE note.id = NEW.id\n) said\n    WHERE said.live AND NOT EXISTS (\n        SELECT FROM plan_harvest harvest\n        WHERE (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    )\n    ON CONFLICT DO NOTHING;\n\n    INSERT INTO plan_fragment AS f (note_id, harvest_id, source_version, live, destinations, version)\n    SELECT said.id, harvest.id, said.version, true, 0, 0\n    FROM (\n    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live\n    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id\n    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE note.id = NEW.id\n) said\n    JOIN plan_harvest harvest ON (harvest.question_id, harvest.cafe_id, harvest.cycle_id) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)\n    LEFT JOIN plan_fragment known ON known.note_id = said.id\n    WHERE said.live AND (\n        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR known.harvest_id <> harvest.id\n    )\n    ORDER BY said.id\n    ON CONFLICT (note_id) DO UPDATE\n    SET harvest_id = EXCLUDED.harvest_id, source_version = EXCLUDED.source_version, live = true;\n\n    UPDATE plan_fragment f SET live = false, source_version = said.version FROM (\n    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live\n    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id\n    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE note.id = NEW.id\n) said\n    WHERE f.note_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);\nRETURN NULL;', hash='b6a9f1cb81ffa42d1ed5ec3fad76909311099302', operation='UPDATE', pgid='pgtrigger_voice_changes_1cf34', table='plan_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='voice_ends', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM plan_fragment WHERE note_id = OLD.id; RETURN NULL;', hash='69e2e1cd9a3b4f16ebf4cc14f0b947ba75271613', operation='DELETE', pgid='pgtrigger_voice_ends_aca76', table='plan_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fragment',
            trigger=pgtrigger.compiler.Trigger(name='recounts_destinations', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."harvest_id" IS DISTINCT FROM (NEW."harvest_id"))', func='\n                    NEW.destinations = (\n                        SELECT count(*) FROM plan_destination\n                        WHERE fragment_id = NEW.id AND harvest_id = NEW.harvest_id\n                    );\n                    RETURN NEW;\n                ', hash='12ae0495de963c80e0ae695382af7176e628e161', operation='UPDATE OF "harvest_id"', pgid='pgtrigger_recounts_destinations_769f9', table='plan_fragment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fragment',
            trigger=pgtrigger.compiler.Trigger(name='leaves_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    DELETE FROM plan_destination WHERE fragment_id = OLD.id;\n                    DELETE FROM plan_heardvoice WHERE fragment_id = OLD.id;\n                    DELETE FROM plan_toldvoice WHERE fragment_id = OLD.id;\n                    DELETE FROM plan_ground WHERE fragment_id = OLD.id;\n                    DELETE FROM plan_likeness WHERE fragment_id = OLD.id OR other_id = OLD.id;\n                    DELETE FROM plan_compared WHERE fragment_id = OLD.id;\n                    UPDATE plan_source SET fragment_id = NULL WHERE fragment_id = OLD.id;\n                    UPDATE plan_act SET before = NULL WHERE fragments @> ARRAY[OLD.id];\n                    RETURN NULL;\n                ', hash='e51f9cc62b3863df0f5af0306a26098a5b5e1459', operation='DELETE', pgid='pgtrigger_leaves_nothing_a3b74', table='plan_fragment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='destination',
            trigger=pgtrigger.compiler.Trigger(name='lies_in_harvest_of_stack', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."stack_id" IS NOT NULL)', func='SELECT harvest_id INTO NEW.harvest_id FROM plan_stack WHERE id = NEW.stack_id; RETURN NEW;', hash='d9df5972014c9320c2464a71760767622a779db2', operation='INSERT OR UPDATE OF "stack_id"', pgid='pgtrigger_lies_in_harvest_of_stack_3552d', table='plan_destination', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='destination',
            trigger=pgtrigger.compiler.Trigger(name='counts_destinations', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    UPDATE plan_fragment f SET destinations = (\n                        SELECT count(*) FROM plan_destination d\n                        WHERE d.fragment_id = f.id AND d.harvest_id = f.harvest_id\n                    )\n                    WHERE f.id IN (OLD.fragment_id, NEW.fragment_id);\n                    RETURN NULL;\n                ', hash='be16c56e3c3d796ed754f99863ced9151434c65b', operation='INSERT OR UPDATE OF "fragment_id", "harvest_id" OR DELETE', pgid='pgtrigger_counts_destinations_bd4b1', table='plan_destination', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leavesnofile',
            trigger=pgtrigger.compiler.Trigger(name='leaves_no_file', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM pg_advisory_xact_lock_shared(hashtext('plan.takes_away'));\n    PERFORM FROM plan_export ORDER BY id FOR UPDATE;\n    DELETE FROM plan_exportpart;\n    DELETE FROM plan_export;\n    RETURN NULL;\n", hash='cc7fd6de5d9c475bade378560611ef5e7ce07aa8', operation='DELETE', pgid='pgtrigger_leaves_no_file_c5a11', table='plan_fragment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leavesnofile',
            trigger=pgtrigger.compiler.Trigger(name='leaves_no_file_of_before', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.live AND (NOT NEW.live OR OLD.source_version <> NEW.source_version))', func="\n    PERFORM pg_advisory_xact_lock_shared(hashtext('plan.takes_away'));\n    PERFORM FROM plan_export ORDER BY id FOR UPDATE;\n    DELETE FROM plan_exportpart;\n    DELETE FROM plan_export;\n    RETURN NULL;\n", hash='143ed99851135869bf8f3901103619296912c90a', operation='UPDATE', pgid='pgtrigger_leaves_no_file_of_before_d798e', table='plan_fragment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='chapter',
            trigger=pgtrigger.compiler.Trigger(name='chapter_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='af6ccff2b74ef49b0fc75dc0aa11ba54f93d6dff', operation='DELETE', pgid='pgtrigger_chapter_stays_3d31e', table='plan_chapter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='chapter',
            trigger=pgtrigger.compiler.Trigger(name='chapter_keeps_number', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a9e5f013a0594f9bd0f893a2a3e4b0ad2c6558d4', operation='UPDATE', pgid='pgtrigger_chapter_keeps_number_4a2f5', table='plan_chapter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='chapter',
            trigger=pgtrigger.compiler.Trigger(name='chapter_shows', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE plan_plan SET version = version + 1; RETURN NULL;', hash='3de92e39e0ed4fd525172cc9f1cbed62204a726e', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_chapter_shows_81fee', table='plan_chapter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='sentence_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7531c3d57de42f720329054a40cdd0a4cb2386b2', operation='DELETE', pgid='pgtrigger_sentence_stays_10fe7', table='plan_sentence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='sentence_keeps_number', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."chapter_id" IS DISTINCT FROM (NEW."chapter_id") OR OLD."number" IS DISTINCT FROM (NEW."number"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3dcd032d83445afa4928d3b0dc4e8f4265f3d1da', operation='UPDATE', pgid='pgtrigger_sentence_keeps_number_48625', table='plan_sentence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='sentence_shows', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE plan_plan SET version = version + 1; RETURN NULL;', hash='35c1a4500a98d8b7f497100f24d7f942f6746070', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_sentence_shows_324e1', table='plan_sentence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sentence',
            trigger=pgtrigger.compiler.Trigger(name='adopted_sentence_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))', func="\n                    PERFORM FROM plan_plan FOR UPDATE;\n                    IF EXISTS (SELECT FROM plan_planstep WHERE does = 'adopt' AND reached_at IS NOT NULL) AND EXISTS (\n                        SELECT FROM plan_wording WHERE sentence_id = NEW.id AND published_at IS NOT NULL\n                    ) THEN\n                        RAISE EXCEPTION 'the plan was adopted'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_sentence_stays';\n                    END IF;\n                    RETURN NEW;\n                ", hash='18cfc66c9a56c64871bcc38d56b9c6af20e62f02', operation='UPDATE OF "withdrawn_at"', pgid='pgtrigger_adopted_sentence_stays_86e51', table='plan_sentence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='published_wording_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.published_at IS NOT NULL AND ((NEW.why <> '' AND NEW.why <> OLD.why) OR (OLD.sentence_id, OLD.number, OLD.text, OLD.at, OLD.published_at, OLD.sources, OLD.decided_on) IS DISTINCT FROM (NEW.sentence_id, NEW.number, NEW.text, NEW.at, NEW.published_at, NEW.sources, NEW.decided_on)))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fa19778a08452d0471744f8cd2b0c4bfdeb09867', operation='UPDATE', pgid='pgtrigger_published_wording_stays_94bd7', table='plan_wording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='adopted_plan_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."published_at" IS NOT NULL)', func="\n                    IF TG_OP = 'UPDATE' AND OLD.published_at IS NOT NULL THEN\n                        RETURN NEW;\n                    END IF;\n                    PERFORM FROM plan_plan FOR UPDATE;\n                    IF EXISTS (SELECT FROM plan_planstep WHERE does = 'adopt' AND reached_at IS NOT NULL) <> (NEW.decided_on IS NOT NULL) THEN\n                        RAISE EXCEPTION 'only what is decided later has a day, and it alone is added'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_plan_stands';\n                    END IF;\n                    RETURN NEW;\n                ", hash='b85783227a91159605d95144c04348e0eb5d9030', operation='INSERT OR UPDATE OF "published_at"', pgid='pgtrigger_adopted_plan_stands_2aa3f', table='plan_wording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='published_wording_remains', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='728c62b9beb7ded7a0a854769ce5c9496853a21d', operation='DELETE', pgid='pgtrigger_published_wording_remains_d3667', table='plan_wording', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='wording_shows', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE plan_plan SET version = version + 1; RETURN NULL;', hash='9a49b39a9988cfd11d445cd5b0c2a6b6c7069856', level='STATEMENT', operation='INSERT OR UPDATE OF "published_at", "common", "why" OR DELETE', pgid='pgtrigger_wording_shows_5b89f', table='plan_wording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='keeps_heard_page', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO werkplaats_heardpage (kind, key, since, changed_at)\n        SELECT kind, key, NEW.at, NEW.at FROM plan_harvest h\n        CROSS JOIN LATERAL (\n            VALUES ('question', h.question_id), ('cafe', h.cafe_id), ('cycle', h.cycle_id)\n        ) AS about (kind, key)\n        WHERE h.id = NEW.harvest_id AND key IS NOT NULL\n        ON CONFLICT (kind, key) DO UPDATE SET changed_at = EXCLUDED.changed_at;\n        RETURN NULL;\n    ", hash='1c0738764ca0552178a30af9217ba74e8fcd1e78', operation='INSERT', pgid='pgtrigger_keeps_heard_page_21bbb', table='plan_publication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='f5fa994efc3f5af0611b00348ead6881cb219c49', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_a2ae4', table='plan_publication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='publication_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c5bd1dc2f0e985447a1429bad7b0f2b0093f9ff0', operation='DELETE', pgid='pgtrigger_publication_stays_80541', table='plan_publication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='publication_is_done', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."harvest_id" IS DISTINCT FROM (NEW."harvest_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."figures" IS DISTINCT FROM (NEW."figures") OR OLD."changed" IS DISTINCT FROM (NEW."changed"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bc1d90e728b419bd7e35c20cd24965ff16a59827', operation='UPDATE', pgid='pgtrigger_publication_is_done_fd170', table='plan_publication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heard',
            trigger=pgtrigger.compiler.Trigger(name='heard_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6d14ba5a9447ae9da57b81856001b974141cf96d', operation='DELETE', pgid='pgtrigger_heard_stays_ef813', table='plan_heard', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heard',
            trigger=pgtrigger.compiler.Trigger(name='heard_is_public', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4bb1ce29f65cc2983511f89b1de3366a7a702348', operation='UPDATE', pgid='pgtrigger_heard_is_public_53e04', table='plan_heard', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heard',
            trigger=pgtrigger.compiler.Trigger(name='heard_shows', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE plan_plan SET version = version + 1; RETURN NULL;', hash='d95734816fcb1b34b37a5036a12a3aa08c030799', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_heard_shows_3c747', table='plan_heard', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingthumb',
            trigger=pgtrigger.compiler.Trigger(name='counts_wording_thumbs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'UPDATE' AND OLD.value = NEW.value THEN RETURN NULL; END IF;\n                    UPDATE plan_wording SET thumbs = thumbs\n    || CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE\n        jsonb_build_object(OLD.value, COALESCE((thumbs ->> OLD.value::text)::int, 0) - 1) END\n    || CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE\n        jsonb_build_object(NEW.value, COALESCE((thumbs ->> NEW.value::text)::int, 0) + 1) END\n                    WHERE id = COALESCE(NEW.wording_id, OLD.wording_id);\n                    RETURN NULL;\n                ", hash='25d435c7f52688db6aacd576d3b8436cf51cc50b', operation='INSERT OR UPDATE OF "value" OR DELETE', pgid='pgtrigger_counts_wording_thumbs_603c6', table='plan_wordingthumb', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='source_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f0acb431dabcaf3278347a81d170e1e1f2b7534b', operation='DELETE', pgid='pgtrigger_source_stays_b6d4c', table='plan_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='source_keeps_number', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4f31ed38d4183e1c1f713edc445a720591accfa9', operation='UPDATE', pgid='pgtrigger_source_keeps_number_ebab4', table='plan_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='toldvoice',
            trigger=pgtrigger.compiler.Trigger(name='name_shows', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."named_at" IS DISTINCT FROM (NEW."named_at"))', func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='13d5ab95480f7aeab9ffc0b3d6b5b24dfb1edf42', operation='UPDATE OF "named_at"', pgid='pgtrigger_name_shows_25f03', table='plan_toldvoice', when='AFTER')),
        ),
    ]
