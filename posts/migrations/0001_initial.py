import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('werkplaats', '0002_site'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        django.contrib.postgres.operations.UnaccentExtension(
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='plaats in de rij')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='naam')),
            ],
            options={
                'verbose_name': 'fase',
                'verbose_name_plural': 'fasen',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('asked', 'vraag'), ('plan', 'zin van het plan')], default='asked', editable=False, max_length=5, verbose_name='soort')),
                ('page', models.CharField(blank=True, editable=False, max_length=200, verbose_name='eigen bladzijde')),
                ('slug', models.SlugField(help_text='Staat in links en drukwerk: wijzig het liever niet.', max_length=60, unique=True, verbose_name='adres')),
                ('title', models.CharField(help_text='Bijvoorbeeld «De Eerste Vraag».', max_length=80, verbose_name='naam')),
                ('text', models.CharField(max_length=200, verbose_name='de vraag')),
                ('easy', models.CharField(help_text='Voor wie weinig Nederlands leest. Bijvoorbeeld: «Wat helpt jouw kind op school?» Korte, gewone woorden, zonder vaktaal. Staat onder de vraag.', max_length=120, verbose_name='in makkelijke woorden')),
                ('intro', models.TextField(blank=True, max_length=3000, verbose_name='inleiding')),
                ('take_part', models.TextField(blank=True, help_text='Onder de inleiding, zolang de vraag open is.', max_length=1000, verbose_name='hoe je meedoet')),
                ('promise', models.TextField(blank=True, max_length=600, verbose_name='belofte onder de vraag')),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='posts.phase', verbose_name='fase')),
                ('parent', models.ForeignKey(blank=True, help_text='Een deelvraag heeft een eigen bladzijde. Op de bladzijde van de hele vraag staat een link.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='posts.question', verbose_name='deelvraag van')),
                ('thumbs', models.CharField(choices=[('both', 'omhoog en omlaag'), ('up', 'alleen omhoog'), ('none', 'geen duimpjes')], default='both', max_length=4, verbose_name='duimpjes')),
                ('invitation', models.TextField(blank=True, help_text='Consulenten kopiëren deze tekst of openen hem in hun mail. De eerste regel vullen ze zelf in. Leeg: een algemene tekst.', max_length=3000, verbose_name='tekst om mee uit te nodigen')),
                ('planned_for', models.DateTimeField(blank=True, help_text='Op dit moment wordt deze vraag vanzelf de vraag van nu, en sluit de vorige.', null=True, verbose_name='komt aan de beurt op')),
                ('opened_at', models.DateTimeField(editable=False, null=True, verbose_name='geopend')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='gesloten')),
                ('unlinked_at', models.DateTimeField(editable=False, null=True, verbose_name='duimpjes losgemaakt')),
                ('reworded_at', models.DateTimeField(editable=False, null=True, verbose_name='anders sinds')),
            ],
            options={
                'verbose_name': 'vraag',
                'verbose_name_plural': 'vragen',
                'ordering': ['phase__position', 'planned_for', 'pk'],
                'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('closed_at__isnull', True), ('kind', 'asked'), ('opened_at__isnull', False)), name='one_current_question', violation_error_message='Er is al een vraag aan de beurt.'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('opened_at__isnull', False), _connector='OR'), name='closed_question_was_open', violation_error_message='Deze vraag is nooit geopend.'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='question_is_no_part_of_itself', violation_error_message='Een vraag kan geen deelvraag van zichzelf zijn.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'asked'), ('page', '')), models.Q(('kind', 'plan'), models.Q(('page', ''), _negated=True)), _connector='OR'), name='question_of_the_plan_has_a_page'), models.CheckConstraint(condition=models.Q(('unlinked_at', None), ('closed_at__isnull', False), _connector='OR'), name='unlinked_question_stays_closed', violation_error_message='De duimpjes bij deze vraag zijn losgemaakt van wie ze gaf. Daarom blijft ze gesloten: stel een nieuwe vraag.')],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='posts.question', verbose_name='vraag')),
                ('lang', models.CharField(choices=[('en', 'Engels'), ('uk', 'Oekraïens'), ('ar', 'Arabisch'), ('tr', 'Turks'), ('pl', 'Pools'), ('ti', 'Tigrinya'), ('so', 'Somalisch'), ('fa', 'Perzisch (Farsi, Dari)'), ('ro', 'Roemeens'), ('bg', 'Bulgaars'), ('ru', 'Russisch'), ('es', 'Spaans'), ('fr', 'Frans'), ('de', 'Duits')], max_length=3, verbose_name='taal')),
                ('text', models.CharField(help_text='Laat iemand lezen voor wie dit de moedertaal is, voordat je het hier zet.', max_length=200, verbose_name='de vraag')),
                ('line', models.CharField(blank=True, help_text='In die taal. Bijvoorbeeld: «Schrijf in je eigen taal. Wij lezen alles.»', max_length=200, verbose_name='uitleg in één regel')),
                ('readers', models.CharField(blank=True, help_text='In die taal, onder de knop en in de tweede stap. Bijvoorbeeld: «Iedereen kan straks lezen wat je schrijft. Je naam hoeft er niet bij.»', max_length=200, verbose_name='wie het leest')),
            ],
            options={
                'verbose_name': 'vertaling',
                'verbose_name_plural': 'vertalingen',
                'ordering': ['lang'],
                'constraints': [models.UniqueConstraint(fields=('question', 'lang'), name='one_translation_per_language', violation_error_message='Deze vraag is al in deze taal vertaald.'), models.CheckConstraint(condition=models.Q(('lang__in', ['en', 'uk', 'ar', 'tr', 'pl', 'ti', 'so', 'fa', 'ro', 'bg', 'ru', 'es', 'fr', 'de'])), name='translated_into_a_known_language'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='translation_says_something')],
            },
        ),
        migrations.CreateModel(
            name='TranslationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='posts.translation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('question', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.question', verbose_name='vraag')),
                ('lang', models.CharField(choices=[('en', 'Engels'), ('uk', 'Oekraïens'), ('ar', 'Arabisch'), ('tr', 'Turks'), ('pl', 'Pools'), ('ti', 'Tigrinya'), ('so', 'Somalisch'), ('fa', 'Perzisch (Farsi, Dari)'), ('ro', 'Roemeens'), ('bg', 'Bulgaars'), ('ru', 'Russisch'), ('es', 'Spaans'), ('fr', 'Frans'), ('de', 'Duits')], max_length=3, verbose_name='taal')),
                ('text', models.CharField(help_text='Laat iemand lezen voor wie dit de moedertaal is, voordat je het hier zet.', max_length=200, verbose_name='de vraag')),
                ('line', models.CharField(blank=True, help_text='In die taal. Bijvoorbeeld: «Schrijf in je eigen taal. Wij lezen alles.»', max_length=200, verbose_name='uitleg in één regel')),
                ('readers', models.CharField(blank=True, help_text='In die taal, onder de knop en in de tweede stap. Bijvoorbeeld: «Iedereen kan straks lezen wat je schrijft. Je naam hoeft er niet bij.»', max_length=200, verbose_name='wie het leest')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuestionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='posts.question')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('asked', 'vraag'), ('plan', 'zin van het plan')], default='asked', editable=False, max_length=5, verbose_name='soort')),
                ('page', models.CharField(blank=True, editable=False, max_length=200, verbose_name='eigen bladzijde')),
                ('slug', models.SlugField(db_index=False, help_text='Staat in links en drukwerk: wijzig het liever niet.', max_length=60, verbose_name='adres')),
                ('title', models.CharField(help_text='Bijvoorbeeld «De Eerste Vraag».', max_length=80, verbose_name='naam')),
                ('text', models.CharField(max_length=200, verbose_name='de vraag')),
                ('easy', models.CharField(help_text='Voor wie weinig Nederlands leest. Bijvoorbeeld: «Wat helpt jouw kind op school?» Korte, gewone woorden, zonder vaktaal. Staat onder de vraag.', max_length=120, verbose_name='in makkelijke woorden')),
                ('intro', models.TextField(blank=True, max_length=3000, verbose_name='inleiding')),
                ('take_part', models.TextField(blank=True, help_text='Onder de inleiding, zolang de vraag open is.', max_length=1000, verbose_name='hoe je meedoet')),
                ('promise', models.TextField(blank=True, max_length=600, verbose_name='belofte onder de vraag')),
                ('phase', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.phase', verbose_name='fase')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, help_text='Een deelvraag heeft een eigen bladzijde. Op de bladzijde van de hele vraag staat een link.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.question', verbose_name='deelvraag van')),
                ('thumbs', models.CharField(choices=[('both', 'omhoog en omlaag'), ('up', 'alleen omhoog'), ('none', 'geen duimpjes')], default='both', max_length=4, verbose_name='duimpjes')),
                ('invitation', models.TextField(blank=True, help_text='Consulenten kopiëren deze tekst of openen hem in hun mail. De eerste regel vullen ze zelf in. Leeg: een algemene tekst.', max_length=3000, verbose_name='tekst om mee uit te nodigen')),
                ('planned_for', models.DateTimeField(blank=True, help_text='Op dit moment wordt deze vraag vanzelf de vraag van nu, en sluit de vorige.', null=True, verbose_name='komt aan de beurt op')),
                ('opened_at', models.DateTimeField(editable=False, null=True, verbose_name='geopend')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='gesloten')),
                ('unlinked_at', models.DateTimeField(editable=False, null=True, verbose_name='duimpjes losgemaakt')),
                ('reworded_at', models.DateTimeField(editable=False, null=True, verbose_name='anders sinds')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='naam')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='plaats in de rij')),
            ],
            options={
                'verbose_name': 'thema',
                'verbose_name_plural': "thema's",
                'ordering': ['position', django.db.models.functions.text.Concat(django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value("(?<![^ ])(?:(?:aan|bij|in|onder|op|over|uit|voor) (?=(?:de|den|der|het|'t) )|(?:van|von|vd|v[./]? ?d[.]?|de|den|der|het|'t|'s|ten|ter|te) |'s-|d'(?=\\w))"), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), models.Value('\t'), django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField()), 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('removed_at', models.DateTimeField(editable=False, null=True, verbose_name='weggehaald op')),
                ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='weggehaald door')),
                ('removal_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reden')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='zichtbaar sinds')),
                ('published_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='zichtbaar gemaakt door')),
                ('child_at', models.DateTimeField(editable=False, null=True, verbose_name='gaat over één kind sinds')),
                ('kept_until', models.DateTimeField(editable=False, null=True, verbose_name='langer bewaard tot')),
                ('kept_why', models.CharField(blank=True, editable=False, max_length=300, verbose_name='waarom langer bewaard')),
                ('lang', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'Engels'), ('uk', 'Oekraïens'), ('ar', 'Arabisch'), ('tr', 'Turks'), ('pl', 'Pools'), ('ti', 'Tigrinya'), ('so', 'Somalisch'), ('fa', 'Perzisch (Farsi, Dari)'), ('ro', 'Roemeens'), ('bg', 'Bulgaars'), ('ru', 'Russisch'), ('es', 'Spaans'), ('fr', 'Frans'), ('de', 'Duits'), ('und', 'een andere taal')], default='nl', editable=False, max_length=3, verbose_name='taal')),
                ('rendering', models.TextField(blank=True, editable=False, max_length=4000, verbose_name='in het Nederlands')),
                ('rendered_at', models.DateTimeField(editable=False, null=True, verbose_name='vertaald')),
                ('rendered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vertaald door')),
                ('rendering_refused_at', models.DateTimeField(editable=False, null=True, verbose_name='vertaling geweigerd')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='posts.question', verbose_name='vraag')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='answers', to='posts.post', verbose_name='antwoord op')),
                ('root', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='thread', to='posts.post')),
                ('visitor', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='posts', to='werkplaats.visitor', verbose_name='bezoeker')),
                ('author', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='posts', to=settings.AUTH_USER_MODEL, verbose_name='bevestigde schrijver')),
                ('text', models.TextField(max_length=4000, verbose_name='bijdrage')),
                ('name', models.CharField(max_length=60, verbose_name='naam')),
                ('role', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='werkplaats.role', verbose_name='rol')),
                ('werkgebied', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='werkplaats.werkgebied', verbose_name='werkgebied')),
                ('meeting', models.CharField(blank=True, max_length=100, verbose_name='naam van het overleg')),
                ('meeting_size', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='aantal mensen')),
                ('email', models.EmailField(blank=True, help_text='Nooit zichtbaar op de site.', max_length=254, verbose_name='e-mailadres')),
                ('picture', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='post', to='werkplaats.picture', verbose_name='afbeelding')),
                ('picture_shown_at', models.DateTimeField(editable=False, null=True, verbose_name='afbeelding zichtbaar sinds')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='geschreven')),
                ('finished_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True, verbose_name='afgemaakt')),
                ('edited_at', models.DateTimeField(editable=False, null=True, verbose_name='bewerkt')),
                ('asked_at', models.DateTimeField(editable=False, null=True, verbose_name='bevestiging gevraagd')),
                ('held_for', models.CharField(blank=True, choices=[('pupil', 'van een leerling'), ('hint', 'misschien iets persoonlijks'), ('links', 'een link van iemand die we nog niet kennen'), ('record', 'van deze schrijver is eerder iets weggehaald'), ('edited', 'gewijzigd na goedkeuring'), ('reported', 'door drie mensen gemeld'), ('child', 'gemeld: noemt of gaat over één kind'), ('denied', 'wie het e-mailadres heeft, schreef dit niet'), ('hurried', 'lijkt door een programma geschreven')], editable=False, max_length=10, verbose_name='wacht omdat')),
                ('vetted_at', models.DateTimeField(editable=False, null=True, verbose_name='door een moderator gelezen')),
                ('removal', models.CharField(blank=True, choices=[('moderator', 'weggehaald door een moderator'), ('writer', 'weggehaald door de schrijver'), ('refused', 'niet geschreven door wie het adres heeft'), ('held', 'wacht op een moderator'), ('child', 'weggehaald: gaat over één kind')], editable=False, max_length=10, verbose_name='hoe weggehaald')),
                ('denied_at', models.DateTimeField(editable=False, null=True, verbose_name='niet van wie het adres heeft')),
                ('erased_at', models.DateTimeField(editable=False, null=True, verbose_name='echt gewist')),
                ('unnamed_at', models.DateTimeField(editable=False, null=True, verbose_name='zonder naam')),
                ('pinned_at', models.DateTimeField(editable=False, null=True, verbose_name='bovenaan gezet')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'bijdrage',
                'verbose_name_plural': 'bijdragen',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('parent__isnull', True)), fields=['question', '-created_at', '-id'], name='contributions_newest'), models.Index(models.F('question'), models.OrderBy(models.Case(models.When(removed_at=None, then='pinned_at')), descending=True, nulls_last=True), models.OrderBy(models.F('created_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('parent__isnull', True)), name='contributions_pinned_first'), models.Index(fields=['question', 'published_at'], name='posts_since'), models.Index(condition=models.Q(('published_at__isnull', True)), fields=['created_at'], name='posts_waiting'), models.Index(condition=models.Q(('author__isnull', True), models.Q(('email', ''), _negated=True)), fields=['email'], name='posts_unclaimed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('lang__in', ['nl', 'en', 'uk', 'ar', 'tr', 'pl', 'ti', 'so', 'fa', 'ro', 'bg', 'ru', 'es', 'fr', 'de', 'und'])), name='post_in_a_known_language'), models.CheckConstraint(condition=models.Q(('rendered_at__isnull', True), models.Q(models.Q(('rendering', ''), _negated=True), models.Q(('lang', 'nl'), _negated=True)), _connector='OR'), name='rendered_says_something'), models.CheckConstraint(condition=models.Q(('child_at', None), ('removed_at__isnull', False), _connector='OR'), name='post_about_child_is_removed'), models.CheckConstraint(condition=models.Q(('kept_until', None), ('child_at__isnull', False), _connector='OR'), name='post_kept_about_child'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('erased_at__isnull', False), _connector='OR'), name='post_says_something'), models.CheckConstraint(condition=models.Q(('meeting_size__isnull', True), ('meeting_size__range', (1, 5000)), _connector='OR'), name='meeting_size_plausible', violation_error_message='Vul een aantal mensen in tussen 1 en 5000.'), models.CheckConstraint(condition=models.Q(models.Q(('removal', ''), ('removed_at__isnull', True)), models.Q(('removed_at__isnull', False), models.Q(('removal', ''), _negated=True)), _connector='OR'), name='removal_says_how'), models.CheckConstraint(condition=models.Q(models.Q(('removal', 'held'), _negated=True), models.Q(('held_for', ''), _negated=True), _connector='OR'), name='hold_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), _negated=True), ('published_at__isnull', True), _connector='OR'), name='public_is_finished'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), _negated=True), models.Q(('asked_at', None), ('author', None), ('email', ''), ('picture', None), ('role', None)), _connector='OR'), name='unfinished_has_no_sender'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), ('removed_at__isnull', False), _connector='OR'), name='erased_is_removed'), models.CheckConstraint(condition=models.Q(('denied_at', None), models.Q(('author', None), ('email', '')), _connector='OR'), name='denied_is_nobodys')],
            },
        ),
        migrations.CreateModel(
            name='PostTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='posts.post')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='posts.theme', verbose_name='thema')),
            ],
            options={
                'verbose_name': 'thema van een bijdrage',
                'verbose_name_plural': "thema's van een bijdrage",
                'constraints': [models.UniqueConstraint(fields=('post', 'theme'), name='theme_once_per_post')],
            },
        ),
        migrations.CreateModel(
            name='PostThemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='posts.posttheme')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('post', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.post')),
                ('theme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.theme', verbose_name='thema')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ThemeMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gone', models.BigIntegerField(editable=False, verbose_name='thema dat opging')),
                ('name', models.CharField(max_length=60, verbose_name='naam')),
                ('position', models.IntegerField(default=0, editable=False)),
                ('into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='posts.theme', verbose_name='samengevoegd met')),
                ('had', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False)),
                ('got', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='samengevoegd')),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='ongedaan gemaakt')),
            ],
            options={
                'verbose_name': 'samengevoegd thema',
                'verbose_name_plural': "samengevoegde thema's",
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PostEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='posts.post')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('removed_at', models.DateTimeField(editable=False, null=True, verbose_name='weggehaald op')),
                ('removed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='weggehaald door')),
                ('removal_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reden')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='zichtbaar sinds')),
                ('published_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='zichtbaar gemaakt door')),
                ('child_at', models.DateTimeField(editable=False, null=True, verbose_name='gaat over één kind sinds')),
                ('kept_until', models.DateTimeField(editable=False, null=True, verbose_name='langer bewaard tot')),
                ('kept_why', models.CharField(blank=True, editable=False, max_length=300, verbose_name='waarom langer bewaard')),
                ('lang', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'Engels'), ('uk', 'Oekraïens'), ('ar', 'Arabisch'), ('tr', 'Turks'), ('pl', 'Pools'), ('ti', 'Tigrinya'), ('so', 'Somalisch'), ('fa', 'Perzisch (Farsi, Dari)'), ('ro', 'Roemeens'), ('bg', 'Bulgaars'), ('ru', 'Russisch'), ('es', 'Spaans'), ('fr', 'Frans'), ('de', 'Duits'), ('und', 'een andere taal')], default='nl', editable=False, max_length=3, verbose_name='taal')),
                ('rendering', models.TextField(blank=True, editable=False, max_length=4000, verbose_name='in het Nederlands')),
                ('rendered_at', models.DateTimeField(editable=False, null=True, verbose_name='vertaald')),
                ('rendered_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vertaald door')),
                ('rendering_refused_at', models.DateTimeField(editable=False, null=True, verbose_name='vertaling geweigerd')),
                ('question', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.question', verbose_name='vraag')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.post', verbose_name='antwoord op')),
                ('root', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.post')),
                ('visitor', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.visitor', verbose_name='bezoeker')),
                ('author', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bevestigde schrijver')),
                ('text', models.TextField(max_length=4000, verbose_name='bijdrage')),
                ('name', models.CharField(max_length=60, verbose_name='naam')),
                ('role', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.role', verbose_name='rol')),
                ('werkgebied', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.werkgebied', verbose_name='werkgebied')),
                ('meeting', models.CharField(blank=True, max_length=100, verbose_name='naam van het overleg')),
                ('meeting_size', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='aantal mensen')),
                ('picture', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.picture', verbose_name='afbeelding')),
                ('picture_shown_at', models.DateTimeField(editable=False, null=True, verbose_name='afbeelding zichtbaar sinds')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='geschreven')),
                ('finished_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True, verbose_name='afgemaakt')),
                ('edited_at', models.DateTimeField(editable=False, null=True, verbose_name='bewerkt')),
                ('asked_at', models.DateTimeField(editable=False, null=True, verbose_name='bevestiging gevraagd')),
                ('held_for', models.CharField(blank=True, choices=[('pupil', 'van een leerling'), ('hint', 'misschien iets persoonlijks'), ('links', 'een link van iemand die we nog niet kennen'), ('record', 'van deze schrijver is eerder iets weggehaald'), ('edited', 'gewijzigd na goedkeuring'), ('reported', 'door drie mensen gemeld'), ('child', 'gemeld: noemt of gaat over één kind'), ('denied', 'wie het e-mailadres heeft, schreef dit niet'), ('hurried', 'lijkt door een programma geschreven')], editable=False, max_length=10, verbose_name='wacht omdat')),
                ('vetted_at', models.DateTimeField(editable=False, null=True, verbose_name='door een moderator gelezen')),
                ('removal', models.CharField(blank=True, choices=[('moderator', 'weggehaald door een moderator'), ('writer', 'weggehaald door de schrijver'), ('refused', 'niet geschreven door wie het adres heeft'), ('held', 'wacht op een moderator'), ('child', 'weggehaald: gaat over één kind')], editable=False, max_length=10, verbose_name='hoe weggehaald')),
                ('denied_at', models.DateTimeField(editable=False, null=True, verbose_name='niet van wie het adres heeft')),
                ('erased_at', models.DateTimeField(editable=False, null=True, verbose_name='echt gewist')),
                ('unnamed_at', models.DateTimeField(editable=False, null=True, verbose_name='zonder naam')),
                ('pinned_at', models.DateTimeField(editable=False, null=True, verbose_name='bovenaan gezet')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PostOutcome',
            fields=[
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='outcome', serialize=False, to='posts.post', verbose_name='bijdrage')),
                ('words', models.CharField(max_length=120, verbose_name='wat ermee gebeurde')),
                ('address', models.CharField(max_length=200, verbose_name='waar het staat')),
                ('version', models.PositiveIntegerField(verbose_name='versie van de bijdrage')),
            ],
            options={
                'verbose_name': 'wat er met een bijdrage gebeurde',
                'verbose_name_plural': 'wat er met bijdragen gebeurde',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='werkplaats.visitor', verbose_name='gemeld door')),
                ('reason', models.CharField(choices=[('privacy', 'Er staat een naam of iets persoonlijks in'), ('child', 'Er staat een kind herkenbaar op'), ('hurtful', 'Het is kwetsend'), ('off-topic', 'Het gaat ergens anders over'), ('spam', 'Het is reclame'), ('one-child', 'Het noemt de naam van een kind, of gaat over één kind')], max_length=20, verbose_name='wat is er aan de hand?')),
                ('words', models.CharField(blank=True, max_length=100, verbose_name='welke woorden?')),
                ('counts', models.BooleanField(default=False, editable=False, verbose_name='telt mee voor verbergen')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='gemeld')),
                ('told_at', models.DateTimeField(editable=False, null=True, verbose_name='moderators gemaild')),
                ('handled_at', models.DateTimeField(editable=False, null=True, verbose_name='afgehandeld')),
                ('handled_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgehandeld door')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='posts.post', verbose_name='bijdrage')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('hid', models.PositiveIntegerField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'melding',
                'verbose_name_plural': 'meldingen',
                'ordering': ['-created_at'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('post', 'version', 'visitor'), name='one_report_per_visitor')],
            },
        ),
        migrations.CreateModel(
            name='AnswersSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)s', to='werkplaats.visitor')),
                ('until', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PostTally',
            fields=[
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='tally', serialize=False, to='posts.post')),
                ('question', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='posts.question')),
                ('created_at', models.DateTimeField(null=True)),
                ('removed', models.BooleanField(db_default=False)),
                ('thumbs', models.JSONField(db_default=models.Value({}, models.JSONField()))),
                ('thread_version', models.PositiveBigIntegerField(db_default=0)),
                ('rank', models.PositiveIntegerField(db_default=0)),
                ('common', models.TextField(blank=True, db_default='')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('question__isnull', False)), fields=['question', '-rank', '-created_at', '-post'], name='most_thumbs_first')],
            },
        ),
        migrations.CreateModel(
            name='ThreadNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='posts.post')),
                ('told_until', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(help_text='When the mail goes that is in the queue now.', null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'root'), name='one_notice_per_thread')],
            },
        ),
        migrations.CreateModel(
            name='Thumb',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='werkplaats.visitor', verbose_name='bezoeker')),
                ('value', models.SmallIntegerField(choices=[(1, 'omhoog'), (-1, 'omlaag')])),
                ('role', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='werkplaats.role')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='thumbs', to='posts.post')),
            ],
            options={
                'verbose_name': 'duimpje',
                'verbose_name_plural': 'duimpjes',
                'constraints': [models.UniqueConstraint(fields=('post', 'visitor'), name='one_thumb_per_visitor'), models.CheckConstraint(condition=models.Q(('value__in', [1, -1])), name='thumb_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='PostWords',
            fields=[
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='kept', serialize=False, to='posts.post')),
                ('words', models.TextField(editable=False)),
                ('lemmas', models.TextField(blank=True, db_default='', editable=False)),
                ('waits', models.BooleanField(db_default=True)),
            ],
            options={
                'default_permissions': (),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words', 'lemmas'], name='posts_words', opclasses=['gin_trgm_ops', 'gin_trgm_ops']), models.Index(condition=models.Q(('waits', True)), fields=['post'], name='words_without_lemmas')],
            },
        ),
        migrations.AddField(
            model_name='post',
            name='themes',
            field=models.ManyToManyField(blank=True, related_name='posts', through='posts.PostTheme', to='posts.theme', verbose_name="thema's"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phase',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='ce7619013e03c8d6d894d791f975f9b82b8e62d7', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_a84e4', table='posts_phase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='47885f3fc00bcbdf8c7452fd484804745e4d6be5', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_eab63', table='posts_question', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_questionevent" ("closed_at", "easy", "id", "intro", "invitation", "kind", "opened_at", "page", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_id", "planned_for", "promise", "reworded_at", "slug", "take_part", "text", "thumbs", "title", "unlinked_at") VALUES (NEW."closed_at", NEW."easy", NEW."id", NEW."intro", NEW."invitation", NEW."kind", NEW."opened_at", NEW."page", NEW."parent_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."phase_id", NEW."planned_for", NEW."promise", NEW."reworded_at", NEW."slug", NEW."take_part", NEW."text", NEW."thumbs", NEW."title", NEW."unlinked_at"); RETURN NULL;', hash='a269c26c7dcf5ef0d6b5615abd3828e6ebdca0b0', operation='INSERT', pgid='pgtrigger_insert_insert_3606e', table='posts_question', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "posts_questionevent" ("closed_at", "easy", "id", "intro", "invitation", "kind", "opened_at", "page", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_id", "planned_for", "promise", "reworded_at", "slug", "take_part", "text", "thumbs", "title", "unlinked_at") VALUES (NEW."closed_at", NEW."easy", NEW."id", NEW."intro", NEW."invitation", NEW."kind", NEW."opened_at", NEW."page", NEW."parent_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."phase_id", NEW."planned_for", NEW."promise", NEW."reworded_at", NEW."slug", NEW."take_part", NEW."text", NEW."thumbs", NEW."title", NEW."unlinked_at"); RETURN NULL;', hash='2126765f1696b1edc49c1d34098634903cb3f3ed', operation='UPDATE', pgid='pgtrigger_update_update_baecf', table='posts_question', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translation',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='526b423dbbc3876137e5cbf052449be7dc27eb5d', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_778b4', table='posts_translation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_translationevent" ("id", "lang", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "readers", "text") VALUES (NEW."id", NEW."lang", NEW."line", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."question_id", NEW."readers", NEW."text"); RETURN NULL;', hash='8455e96d7971679f1d3ba774edca146b6d5fa9e6', operation='INSERT', pgid='pgtrigger_insert_insert_9d4ed', table='posts_translation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "posts_translationevent" ("id", "lang", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "readers", "text") VALUES (NEW."id", NEW."lang", NEW."line", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."question_id", NEW."readers", NEW."text"); RETURN NULL;', hash='01858c768baab9703ab380489ec6c860042d6b74', operation='UPDATE', pgid='pgtrigger_update_update_df8b9', table='posts_translation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='f318d41f75b70388ac5f94904d8dbcb11108c2bb', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_9b11b', table='posts_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='finds_root', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        IF NEW.parent_id IS NULL THEN\n            NEW.root_id = NEW.id;\n        ELSE\n            SELECT root_id, question_id INTO NEW.root_id, NEW.question_id\n            FROM posts_post WHERE id = NEW.parent_id FOR SHARE;\n        END IF;\n        RETURN NEW;\n    ', hash='431bbd8d3dd4fe47bfe57476b53a1005ccbc4944', operation='INSERT', pgid='pgtrigger_finds_root_8a787', table='posts_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='not_under_the_plan', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."parent_id" IS NULL)', func="\n        IF EXISTS (SELECT FROM posts_question WHERE id = NEW.question_id AND kind = 'plan' AND parent_id IS NULL) THEN\n            RAISE EXCEPTION 'nobody writes under the plan as a whole'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'not_under_the_plan';\n        END IF;\n        RETURN NEW;\n    ", hash='b85e23294c029beb1b71806c36a8f87a8ce7b747', operation='INSERT OR UPDATE OF "question_id"', pgid='pgtrigger_not_under_the_plan_05846', table='posts_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='raises_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.version = OLD.version + ((OLD.text IS DISTINCT FROM NEW.text OR OLD.name IS DISTINCT FROM NEW.name OR OLD.role_id IS DISTINCT FROM NEW.role_id OR OLD.werkgebied_id IS DISTINCT FROM NEW.werkgebied_id OR OLD.meeting IS DISTINCT FROM NEW.meeting OR OLD.meeting_size IS DISTINCT FROM NEW.meeting_size OR OLD.picture_id IS DISTINCT FROM NEW.picture_id OR OLD.question_id IS DISTINCT FROM NEW.question_id OR OLD.lang IS DISTINCT FROM NEW.lang OR OLD.rendering IS DISTINCT FROM NEW.rendering OR OLD.rendered_at IS DISTINCT FROM NEW.rendered_at OR OLD.rendering_refused_at IS DISTINCT FROM NEW.rendering_refused_at) AND OLD.unnamed_at IS NOT DISTINCT FROM NEW.unnamed_at)::int; RETURN NEW;', hash='2c05d03ad46d6ba3095157c672e1129e8e2efb0f', operation='UPDATE', pgid='pgtrigger_raises_version_1fd8b', table='posts_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='shows_picture', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF OLD.picture_id IS DISTINCT FROM NEW.picture_id THEN\n                UPDATE werkplaats_picture SET shown = false WHERE id = OLD.picture_id AND shown;\n            END IF;\n            IF NEW.picture_id IS NOT NULL THEN\n                UPDATE werkplaats_picture SET shown = COALESCE(NEW.published_at IS NOT NULL AND NEW.removed_at IS NULL AND NEW.picture_shown_at IS NOT NULL, false)\n                WHERE id = NEW.picture_id AND shown IS DISTINCT FROM COALESCE(NEW.published_at IS NOT NULL AND NEW.removed_at IS NULL AND NEW.picture_shown_at IS NOT NULL, false);\n            END IF;\n            RETURN NULL;\n        ', hash='972345edad8e754c897552f8bb150f7dcc1c163e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_shows_picture_98fda', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='makes_tally', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF NEW.parent_id IS NULL THEN\n                INSERT INTO posts_posttally (post_id, question_id, created_at)\n                VALUES (NEW.id, NEW.question_id, NEW.created_at);\n            ELSE\n                INSERT INTO posts_posttally (post_id) VALUES (NEW.id);\n                UPDATE posts_posttally SET thread_version = thread_version + 1 WHERE post_id = NEW.root_id;\n            END IF;\n            RETURN NULL;\n        ', hash='4fe77363ff495f45aa9567c8855209a3806198c0', operation='INSERT', pgid='pgtrigger_makes_tally_1f5de', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='touches_thread', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF NEW.parent_id IS NULL THEN\n                UPDATE posts_posttally SET thread_version = thread_version + 1,\n                    question_id = NEW.question_id, created_at = NEW.created_at,\n                    removed = NEW.removed_at IS NOT NULL\n                WHERE post_id = NEW.id;\n            ELSE\n                UPDATE posts_posttally SET thread_version = thread_version + 1 WHERE post_id = NEW.root_id;\n            END IF;\n            RETURN NULL;\n        ', hash='f4afdeecf04ea2b25705e4c722e0118806f05ffa', operation='UPDATE', pgid='pgtrigger_touches_thread_ee0ac', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='keeps_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO posts_postwords (post_id, words) VALUES (NEW.id, regexp_replace(' ' || regexp_replace(normalize(regexp_replace(replace(replace(replace(translate(lower(concat_ws(' ', NEW.text, NEW.name, NEW.meeting)), '’‘`´ʼøłđıþ', '''''''''''oldit'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), '\\m[eé]én\\M', '1', 'g'), NFKD), '[\\u0300-\\u036f]', '', 'g') || ' ', '''*[\\u0001-\\u0026\\u0028-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u00d7\\u00f7\\u060c\\u061b\\u061f\\u06d4\\u2000-\\u206f\\u2190-\\u21ff\\u2e00-\\u2e7f\\u3000-\\u303f\\ufe00-\\ufe0f][\\u0001-\\u0026\\u0028-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u00d7\\u00f7\\u060c\\u061b\\u061f\\u06d4\\u2000-\\u206f\\u2190-\\u21ff\\u2e00-\\u2e7f\\u3000-\\u303f\\ufe00-\\ufe0f'']*', ' ', 'g'))\n            ON CONFLICT (post_id) DO UPDATE SET words = EXCLUDED.words, lemmas = '', waits = true\n            WHERE posts_postwords.words <> EXCLUDED.words;\n            RETURN NULL;\n        ", hash='2d44119534c9e59f53374dd30141c96c37913ece', operation='INSERT OR UPDATE OF "text", "name", "meeting"', pgid='pgtrigger_keeps_words_49974', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='deletes_words', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM posts_postwords WHERE post_id = OLD.id; RETURN OLD;', hash='de8aebb1d54391feab8dfc6abf5af8c595399f28', operation='DELETE', pgid='pgtrigger_deletes_words_20f26', table='posts_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='withdraws_rendering', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."text" IS DISTINCT FROM (NEW."text"))', func='NEW.rendered_at = NULL; RETURN NEW;', hash='d9f309ea75170f2a5b92a865e592afae1df9d8ab', operation='UPDATE', pgid='pgtrigger_withdraws_rendering_1f9d9', table='posts_post', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_postevent" ("asked_at", "author_id", "child_at", "created_at", "denied_at", "edited_at", "erased_at", "finished_at", "held_for", "id", "kept_until", "kept_why", "lang", "meeting", "meeting_size", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "picture_shown_at", "pinned_at", "published_at", "published_by_id", "question_id", "removal", "removal_reason", "removed_at", "removed_by_id", "rendered_at", "rendered_by_id", "rendering", "rendering_refused_at", "role_id", "root_id", "text", "unnamed_at", "version", "vetted_at", "visitor_id", "werkgebied_id") VALUES (NEW."asked_at", NEW."author_id", NEW."child_at", NEW."created_at", NEW."denied_at", NEW."edited_at", NEW."erased_at", NEW."finished_at", NEW."held_for", NEW."id", NEW."kept_until", NEW."kept_why", NEW."lang", NEW."meeting", NEW."meeting_size", NEW."name", NEW."parent_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."picture_id", NEW."picture_shown_at", NEW."pinned_at", NEW."published_at", NEW."published_by_id", NEW."question_id", NEW."removal", NEW."removal_reason", NEW."removed_at", NEW."removed_by_id", NEW."rendered_at", NEW."rendered_by_id", NEW."rendering", NEW."rendering_refused_at", NEW."role_id", NEW."root_id", NEW."text", NEW."unnamed_at", NEW."version", NEW."vetted_at", NEW."visitor_id", NEW."werkgebied_id"); RETURN NULL;', hash='1995e7a08f56c527bec216686307b1fd646e0a86', operation='INSERT', pgid='pgtrigger_insert_insert_8fc8d', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."child_at" IS DISTINCT FROM (NEW."child_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."denied_at" IS DISTINCT FROM (NEW."denied_at") OR OLD."edited_at" IS DISTINCT FROM (NEW."edited_at") OR OLD."erased_at" IS DISTINCT FROM (NEW."erased_at") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."held_for" IS DISTINCT FROM (NEW."held_for") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kept_until" IS DISTINCT FROM (NEW."kept_until") OR OLD."kept_why" IS DISTINCT FROM (NEW."kept_why") OR OLD."lang" IS DISTINCT FROM (NEW."lang") OR OLD."meeting" IS DISTINCT FROM (NEW."meeting") OR OLD."meeting_size" IS DISTINCT FROM (NEW."meeting_size") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."picture_id" IS DISTINCT FROM (NEW."picture_id") OR OLD."picture_shown_at" IS DISTINCT FROM (NEW."picture_shown_at") OR OLD."pinned_at" IS DISTINCT FROM (NEW."pinned_at") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."question_id" IS DISTINCT FROM (NEW."question_id") OR OLD."removal" IS DISTINCT FROM (NEW."removal") OR OLD."removal_reason" IS DISTINCT FROM (NEW."removal_reason") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."removed_by_id" IS DISTINCT FROM (NEW."removed_by_id") OR OLD."rendered_at" IS DISTINCT FROM (NEW."rendered_at") OR OLD."rendered_by_id" IS DISTINCT FROM (NEW."rendered_by_id") OR OLD."rendering" IS DISTINCT FROM (NEW."rendering") OR OLD."rendering_refused_at" IS DISTINCT FROM (NEW."rendering_refused_at") OR OLD."role_id" IS DISTINCT FROM (NEW."role_id") OR OLD."root_id" IS DISTINCT FROM (NEW."root_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."unnamed_at" IS DISTINCT FROM (NEW."unnamed_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."vetted_at" IS DISTINCT FROM (NEW."vetted_at") OR OLD."visitor_id" IS DISTINCT FROM (NEW."visitor_id") OR OLD."werkgebied_id" IS DISTINCT FROM (NEW."werkgebied_id"))', func='INSERT INTO "posts_postevent" ("asked_at", "author_id", "child_at", "created_at", "denied_at", "edited_at", "erased_at", "finished_at", "held_for", "id", "kept_until", "kept_why", "lang", "meeting", "meeting_size", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "picture_shown_at", "pinned_at", "published_at", "published_by_id", "question_id", "removal", "removal_reason", "removed_at", "removed_by_id", "rendered_at", "rendered_by_id", "rendering", "rendering_refused_at", "role_id", "root_id", "text", "unnamed_at", "version", "vetted_at", "visitor_id", "werkgebied_id") VALUES (NEW."asked_at", NEW."author_id", NEW."child_at", NEW."created_at", NEW."denied_at", NEW."edited_at", NEW."erased_at", NEW."finished_at", NEW."held_for", NEW."id", NEW."kept_until", NEW."kept_why", NEW."lang", NEW."meeting", NEW."meeting_size", NEW."name", NEW."parent_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."picture_id", NEW."picture_shown_at", NEW."pinned_at", NEW."published_at", NEW."published_by_id", NEW."question_id", NEW."removal", NEW."removal_reason", NEW."removed_at", NEW."removed_by_id", NEW."rendered_at", NEW."rendered_by_id", NEW."rendering", NEW."rendering_refused_at", NEW."role_id", NEW."root_id", NEW."text", NEW."unnamed_at", NEW."version", NEW."vetted_at", NEW."visitor_id", NEW."werkgebied_id"); RETURN NULL;', hash='4e122a8d38fa5c9790b2b4ececc70b4dcc2c6b00', operation='UPDATE', pgid='pgtrigger_update_update_15a94', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_postevent" ("asked_at", "author_id", "child_at", "created_at", "denied_at", "edited_at", "erased_at", "finished_at", "held_for", "id", "kept_until", "kept_why", "lang", "meeting", "meeting_size", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "picture_shown_at", "pinned_at", "published_at", "published_by_id", "question_id", "removal", "removal_reason", "removed_at", "removed_by_id", "rendered_at", "rendered_by_id", "rendering", "rendering_refused_at", "role_id", "root_id", "text", "unnamed_at", "version", "vetted_at", "visitor_id", "werkgebied_id") VALUES (OLD."asked_at", OLD."author_id", OLD."child_at", OLD."created_at", OLD."denied_at", OLD."edited_at", OLD."erased_at", OLD."finished_at", OLD."held_for", OLD."id", OLD."kept_until", OLD."kept_why", OLD."lang", OLD."meeting", OLD."meeting_size", OLD."name", OLD."parent_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."picture_id", OLD."picture_shown_at", OLD."pinned_at", OLD."published_at", OLD."published_by_id", OLD."question_id", OLD."removal", OLD."removal_reason", OLD."removed_at", OLD."removed_by_id", OLD."rendered_at", OLD."rendered_by_id", OLD."rendering", OLD."rendering_refused_at", OLD."role_id", OLD."root_id", OLD."text", OLD."unnamed_at", OLD."version", OLD."vetted_at", OLD."visitor_id", OLD."werkgebied_id"); RETURN NULL;', hash='d157dfd0533371d841a53c6ab13605d11733071d', operation='DELETE', pgid='pgtrigger_delete_delete_03b89', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posttheme',
            trigger=pgtrigger.compiler.Trigger(name='touches_thread', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    UPDATE posts_posttally SET thread_version = thread_version + 1 WHERE post_id IN (\n                        SELECT root_id FROM posts_post WHERE id = coalesce(NEW.post_id, OLD.post_id)\n                    );\n                    RETURN NULL;\n                ', hash='9fdfef7622ba3fc45ff9955c52c523c313764de0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touches_thread_78174', table='posts_posttheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posttheme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_postthemeevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "theme_id") VALUES (NEW."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."post_id", NEW."theme_id"); RETURN NULL;', hash='2f0959a3dfbf19366b89be61de4b3d7bf7f5e7ba', operation='INSERT', pgid='pgtrigger_insert_insert_840a9', table='posts_posttheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posttheme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_postthemeevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "theme_id") VALUES (OLD."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."post_id", OLD."theme_id"); RETURN NULL;', hash='a192beef16dd320fc09e7c89e936e9fb8368b411', operation='DELETE', pgid='pgtrigger_delete_delete_a3bdc', table='posts_posttheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postoutcome',
            trigger=pgtrigger.compiler.Trigger(name='outcome_shows', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        UPDATE posts_posttally SET thread_version = thread_version + 1\n        WHERE post_id = (SELECT root_id FROM posts_post WHERE id = COALESCE(NEW.post_id, OLD.post_id));\n        RETURN NULL;\n    ', hash='d33296e34c7b4b684a9abecf3da13e365bf0d504', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_outcome_shows_b83bb', table='posts_postoutcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posttally',
            trigger=pgtrigger.compiler.Trigger(name='ranks', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."question_id" IS NOT NULL)', func="\n                    NEW.rank = CASE WHEN NEW.removed THEN 0 ELSE COALESCE((NEW.thumbs ->> '1')::int, 0) END;\n                    RETURN NEW;\n                ", hash='515e77bd588f51b921ddc0fcf0c35fbe02c7e923', operation='UPDATE', pgid='pgtrigger_ranks_35eb2', table='posts_posttally', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='thumb',
            trigger=pgtrigger.compiler.Trigger(name='counts_thumbs', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'UPDATE' AND OLD.value = NEW.value THEN RETURN NULL; END IF;\n                    UPDATE posts_posttally SET thread_version = thread_version + 1, thumbs = thumbs\n    || CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE\n        jsonb_build_object(OLD.value, COALESCE((thumbs ->> OLD.value::text)::int, 0) - 1) END\n    || CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE\n        jsonb_build_object(NEW.value, COALESCE((thumbs ->> NEW.value::text)::int, 0) + 1) END\n                    WHERE post_id = COALESCE(NEW.post_id, OLD.post_id);\n                    UPDATE posts_posttally AS tally SET thread_version = tally.thread_version + 1\n                    FROM posts_post AS post\n                    WHERE post.id = COALESCE(NEW.post_id, OLD.post_id) AND post.root_id <> post.id\n                        AND tally.post_id = post.root_id;\n                    RETURN NULL;\n                ", hash='65c74706f6d0b3b7c52da46b8d3904a83ca20c63', operation='INSERT OR UPDATE OF "value" OR DELETE', pgid='pgtrigger_counts_thumbs_15c5a', table='posts_thumb', when='AFTER')),
        ),
    ]
