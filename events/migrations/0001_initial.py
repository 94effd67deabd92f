import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('posts', '0001_initial'),
        ('werkplaats', '0002_site'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cafe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Staat in links, mails en drukwerk. Na de eerste aanmelding ligt het vast.', max_length=60, unique=True, verbose_name='adres')),
                ('title', models.CharField(default='Passend Onderwijscafé', max_length=120, verbose_name='naam')),
                ('label', models.CharField(blank=True, help_text='Bijvoorbeeld «bij het ontbijt» of «extra».', max_length=30, verbose_name='etiket')),
                ('starts_at', models.DateTimeField(verbose_name='begint')),
                ('ends_at', models.DateTimeField(verbose_name='eindigt')),
                ('opens_at', models.DateTimeField(blank=True, help_text='Leeg: meteen.', null=True, verbose_name='aanmelden kan vanaf')),
                ('closes_at', models.DateTimeField(blank=True, help_text='Leeg: tot het café begint.', null=True, verbose_name='aanmelden kan tot')),
                ('asks_from', models.DateTimeField(blank=True, help_text='Wie wacht krijgt een vrije plaats vanzelf. Vanaf dit moment vragen we het eerst, en krijgt de eerste die ja zegt de plaats. Leeg: vier uur voor het begin, of de avond ervoor om 20.00 uur als het café voor 10.00 uur begint.', null=True, verbose_name='eerst vragen vanaf')),
                ('text', models.TextField(max_length=3000, verbose_name='waar dit café over gaat')),
                ('question', models.CharField(max_length=200, verbose_name='de vraag die centraal staat')),
                ('agenda', models.TextField(blank=True, max_length=2000, verbose_name='programma van het café')),
                ('topic', models.ForeignKey(blank=True, help_text='Waar mensen online verder praten. Leeg: de vraag van nu.', limit_choices_to={'kind': 'asked'}, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cafes', to='posts.question', verbose_name='vraag op de site')),
                ('room', models.CharField(blank=True, help_text='Leeg mag als er geen plaatsen in de zaal zijn.', max_length=200, verbose_name='zaal en adres')),
                ('room_capacity', models.PositiveSmallIntegerField(default=60, verbose_name='plaatsen in de zaal')),
                ('route', models.TextField(blank=True, help_text='Alleen voor wie een plaats in de zaal heeft; nooit openbaar.', max_length=1000, verbose_name='route en parkeren')),
                ('online_link', models.URLField(blank=True, help_text='Alleen voor wie online meedoet; nooit openbaar.', max_length=500, verbose_name='link om online mee te doen')),
                ('online_capacity', models.PositiveSmallIntegerField(default=100, verbose_name='plaatsen online')),
                ('late', models.TextField(blank=True, help_text='Voor wie een plaats in de zaal heeft. Leeg: «Je kunt ook later binnenkomen.» Wie online meedoet, leest dat later aansluiten kan.', max_length=500, verbose_name='zo kom je later binnen')),
                ('front_text', models.TextField(blank=True, max_length=600, verbose_name='tekst op de voorkant van de uitnodiging')),
                ('next_text', models.TextField(blank=True, max_length=2000, verbose_name='tekst op de volgende bladzijde van de uitnodiging')),
                ('shows_mottos', models.BooleanField(default=True, verbose_name="de drie motto's op de uitnodiging")),
                ('hold_hours', models.PositiveSmallIntegerField(default=48, help_text='Wie niet op «Ik kom» drukte, houdt een plaats zolang er nog een vrij is. Wacht er iemand op, dan vragen we het nog een keer, en heeft die mens zoveel uren. De uren van 22.00 tot 7.00 tellen niet mee.', validators=[django.core.validators.MinValueValidator(4, 'Kies 4 tot en met 240 uur.'), django.core.validators.MaxValueValidator(240, 'Kies 4 tot en met 240 uur.')], verbose_name='bedenktijd in uren')),
                ('published_at', models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True, verbose_name='zichtbaar sinds')),
                ('called_off_at', models.DateTimeField(blank=True, null=True, verbose_name='afgelast op')),
                ('keep_months', models.PositiveSmallIntegerField(default=3, help_text='In maanden na het café. Daarna blijven alleen aantallen.', validators=[django.core.validators.MinValueValidator(1, 'Kies 1 tot en met 24 maanden.'), django.core.validators.MaxValueValidator(24, 'Kies 1 tot en met 24 maanden.')], verbose_name='aanmeldingen bewaren')),
                ('forgotten_at', models.DateTimeField(editable=False, null=True, verbose_name='aanmeldingen gewist op')),
                ('final_counts', models.JSONField(editable=False, null=True, verbose_name='aantallen die blijven')),
            ],
            options={
                'verbose_name': 'Passend Onderwijscafé',
                'verbose_name_plural': 'Passend Onderwijscafés',
                'ordering': ['starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='cafe_starts_before_it_ends', violation_error_message='Het café eindigt voordat het begint.'), models.CheckConstraint(condition=models.Q(('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(seconds=43200))))), name='cafe_lasts_12_hours_at_most', violation_error_message='Een café eindigt op de dag dat het begint, en duurt hooguit twaalf uur. Kijk ook de datum van het einde na.'), models.CheckConstraint(condition=models.Q(('opens_at__isnull', True), ('closes_at__isnull', True), ('opens_at__lt', models.F('closes_at')), _connector='OR'), name='cafe_sign_up_opens_before_it_closes', violation_error_message='Het aanmelden sluit voordat het opengaat.'), models.CheckConstraint(condition=models.Q(('room_capacity', 0), models.Q(('room', ''), _negated=True), _connector='OR'), name='cafe_says_where_its_room_is', violation_error_message='Vul in waar de zaal is, of zet de plaatsen in de zaal op 0.'), models.CheckConstraint(condition=models.Q(('keep_months__range', (1, 24))), name='cafe_keeps_sign_ups_2_years_at_most', violation_error_message='Kies 1 tot en met 24 maanden.'), models.CheckConstraint(condition=models.Q(('hold_hours__range', (4, 240))), name='cafe_holds_places_4_to_240_hours', violation_error_message='Kies 4 tot en met 240 uur.')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='werkplaats.visitor')),
                ('cafe', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='events.cafe')),
                ('address', models.CharField(editable=False, max_length=64)),
                ('tried_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'poging om aan te melden',
                'verbose_name_plural': 'pogingen om aan te melden',
                'constraints': [models.UniqueConstraint(fields=('visitor', 'cafe', 'address'), name='an_address_counts_once_for_a_visitor', violation_error_message='Dit adres is al geteld.')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('cafe', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='events.cafe', verbose_name='café')),
                ('taken_at', models.DateTimeField(verbose_name='geteld op')),
                ('figures', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField())),
            ],
            options={
                'verbose_name': 'stand van een café',
                'verbose_name_plural': 'standen van cafés',
            },
        ),
        migrations.CreateModel(
            name='CafeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.cafe')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, help_text='Staat in links, mails en drukwerk. Na de eerste aanmelding ligt het vast.', max_length=60, verbose_name='adres')),
                ('title', models.CharField(default='Passend Onderwijscafé', max_length=120, verbose_name='naam')),
                ('label', models.CharField(blank=True, help_text='Bijvoorbeeld «bij het ontbijt» of «extra».', max_length=30, verbose_name='etiket')),
                ('starts_at', models.DateTimeField(verbose_name='begint')),
                ('ends_at', models.DateTimeField(verbose_name='eindigt')),
                ('opens_at', models.DateTimeField(blank=True, help_text='Leeg: meteen.', null=True, verbose_name='aanmelden kan vanaf')),
                ('closes_at', models.DateTimeField(blank=True, help_text='Leeg: tot het café begint.', null=True, verbose_name='aanmelden kan tot')),
                ('asks_from', models.DateTimeField(blank=True, help_text='Wie wacht krijgt een vrije plaats vanzelf. Vanaf dit moment vragen we het eerst, en krijgt de eerste die ja zegt de plaats. Leeg: vier uur voor het begin, of de avond ervoor om 20.00 uur als het café voor 10.00 uur begint.', null=True, verbose_name='eerst vragen vanaf')),
                ('text', models.TextField(max_length=3000, verbose_name='waar dit café over gaat')),
                ('question', models.CharField(max_length=200, verbose_name='de vraag die centraal staat')),
                ('agenda', models.TextField(blank=True, max_length=2000, verbose_name='programma van het café')),
                ('topic', models.ForeignKey(blank=True, db_constraint=False, help_text='Waar mensen online verder praten. Leeg: de vraag van nu.', limit_choices_to={'kind': 'asked'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.question', verbose_name='vraag op de site')),
                ('room', models.CharField(blank=True, help_text='Leeg mag als er geen plaatsen in de zaal zijn.', max_length=200, verbose_name='zaal en adres')),
                ('room_capacity', models.PositiveSmallIntegerField(default=60, verbose_name='plaatsen in de zaal')),
                ('route', models.TextField(blank=True, help_text='Alleen voor wie een plaats in de zaal heeft; nooit openbaar.', max_length=1000, verbose_name='route en parkeren')),
                ('online_link', models.URLField(blank=True, help_text='Alleen voor wie online meedoet; nooit openbaar.', max_length=500, verbose_name='link om online mee te doen')),
                ('online_capacity', models.PositiveSmallIntegerField(default=100, verbose_name='plaatsen online')),
                ('late', models.TextField(blank=True, help_text='Voor wie een plaats in de zaal heeft. Leeg: «Je kunt ook later binnenkomen.» Wie online meedoet, leest dat later aansluiten kan.', max_length=500, verbose_name='zo kom je later binnen')),
                ('front_text', models.TextField(blank=True, max_length=600, verbose_name='tekst op de voorkant van de uitnodiging')),
                ('next_text', models.TextField(blank=True, max_length=2000, verbose_name='tekst op de volgende bladzijde van de uitnodiging')),
                ('shows_mottos', models.BooleanField(default=True, verbose_name="de drie motto's op de uitnodiging")),
                ('hold_hours', models.PositiveSmallIntegerField(default=48, help_text='Wie niet op «Ik kom» drukte, houdt een plaats zolang er nog een vrij is. Wacht er iemand op, dan vragen we het nog een keer, en heeft die mens zoveel uren. De uren van 22.00 tot 7.00 tellen niet mee.', validators=[django.core.validators.MinValueValidator(4, 'Kies 4 tot en met 240 uur.'), django.core.validators.MaxValueValidator(240, 'Kies 4 tot en met 240 uur.')], verbose_name='bedenktijd in uren')),
                ('published_at', models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True, verbose_name='zichtbaar sinds')),
                ('called_off_at', models.DateTimeField(blank=True, null=True, verbose_name='afgelast op')),
                ('keep_months', models.PositiveSmallIntegerField(default=3, help_text='In maanden na het café. Daarna blijven alleen aantallen.', validators=[django.core.validators.MinValueValidator(1, 'Kies 1 tot en met 24 maanden.'), django.core.validators.MaxValueValidator(24, 'Kies 1 tot en met 24 maanden.')], verbose_name='aanmeldingen bewaren')),
                ('forgotten_at', models.DateTimeField(editable=False, null=True, verbose_name='aanmeldingen gewist op')),
                ('final_counts', models.JSONField(editable=False, null=True, verbose_name='aantallen die blijven')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cafe', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mailings', to='events.cafe', verbose_name='café')),
                ('kind', models.CharField(choices=[('week', 'herinnering, een week ervoor'), ('day', 'herinnering, een dag ervoor'), ('link', 'de link om online mee te doen'), ('thanks', 'bedankt voor het komen'), ('moved', 'het café is verplaatst'), ('called_off', 'het café gaat niet door'), ('message', 'bericht van de coördinator'), ('test', 'proef van een bericht')], max_length=10, verbose_name='soort')),
                ('audience', models.CharField(choices=[('all', 'iedereen'), ('room', 'wie een plaats in de zaal heeft'), ('online', 'wie online meedoet'), ('queue', 'wie op de wachtlijst staat')], default='all', max_length=10, verbose_name='aan')),
                ('subject', models.CharField(blank=True, max_length=120, verbose_name='onderwerp')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='tekst')),
                ('starts_at', models.DateTimeField(editable=False, verbose_name='over het café van')),
                ('was', models.DateTimeField(editable=False, null=True, verbose_name='eerst op')),
                ('moves', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='verstuurd')),
                ('people', models.PositiveIntegerField(editable=False, verbose_name='aan hoeveel adressen')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'mail aan deelnemers',
                'verbose_name_plural': 'mails aan deelnemers',
                'ordering': ['-sent_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ['week', 'day', 'link', 'thanks'])), fields=('cafe', 'kind', 'starts_at', 'moves'), name='each_reminder_once')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_order', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Concat(django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value("(?<![^ ])(?:(?:aan|bij|in|onder|op|over|uit|voor) (?=(?:de|den|der|het|'t) )|(?:van|von|vd|v[./]? ?d[.]?|de|den|der|het|'t|'s|ten|ter|te) |'s-|d'(?=\\w))"), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), models.Value('\t'), django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField(db_collation='C'))),
                ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='vast sinds')),
                ('holds_until', models.DateTimeField(editable=False, null=True, verbose_name='houdt de plaats tot')),
                ('nudge_at', models.DateTimeField(editable=False, null=True, verbose_name='tweede mail op')),
                ('term_mails', models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, verbose_name='mails over de bedenktijd')),
                ('named_at', models.DateTimeField(editable=False, null=True, verbose_name='eigen woorden sinds')),
                ('key', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True)),
                ('cafe', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='events.cafe', verbose_name='café')),
                ('visitor', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='registrations', to='werkplaats.visitor')),
                ('email', models.EmailField(blank=True, help_text='Leeg mag bij een aanmelding per telefoon.', max_length=254, verbose_name='e-mailadres')),
                ('name', models.CharField(max_length=60, verbose_name='naam')),
                ('people', models.PositiveSmallIntegerField(choices=[(1, 'alleen'), (2, "met z'n tweeën")], default=1, verbose_name='komt')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='werkplaats.role', verbose_name='rol')),
                ('werkgebied', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='werkplaats.werkgebied', verbose_name='werkgebied')),
                ('wishes', models.TextField(blank=True, help_text='Toegankelijkheid, eten. Gewist op de dag na het café.', max_length=500, verbose_name='wensen')),
                ('question', models.TextField(blank=True, max_length=500, verbose_name='vraag vooraf')),
                ('seat', models.CharField(blank=True, choices=[('room', 'in de zaal'), ('online', 'online')], max_length=10, null=True, verbose_name='plaats')),
                ('queued_for_room_at', models.DateTimeField(blank=True, null=True, verbose_name='wacht op de zaal sinds')),
                ('queued_for_online_at', models.DateTimeField(blank=True, null=True, verbose_name='wacht op online sinds')),
                ('asked_at', models.DateTimeField(editable=False, null=True, verbose_name='gevraagd of een vrije plaats past')),
                ('offered_at', models.DateTimeField(editable=False, null=True, verbose_name='laatste mail over een vrije plaats')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='aangemeld')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='afgemeld')),
                ('cancelled_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgemeld door')),
                ('gave_up', models.CharField(blank=True, choices=[('room', 'in de zaal'), ('online', 'online'), ('both', 'online, en op de wachtlijst voor de zaal')], editable=False, max_length=10, verbose_name='gaf op')),
                ('gave_up_seat', models.CharField(choices=[('room', 'in de zaal'), ('online', 'online')], editable=False, max_length=10, null=True, verbose_name='had')),
                ('came_at', models.DateTimeField(editable=False, null=True, verbose_name='was er')),
                ('checked_in_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgevinkt door')),
                ('cancels', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='meldde zich af')),
                ('mailed_at', models.DateTimeField(editable=False, null=True, verbose_name='laatste bevestiging')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'aanmelding',
                'verbose_name_plural': 'aanmeldingen',
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('queued_for_room_at__isnull', False)), fields=['cafe', 'queued_for_room_at'], name='queue_for_room'), models.Index(condition=models.Q(('queued_for_online_at__isnull', False)), fields=['cafe', 'queued_for_online_at'], name='queue_for_online'), models.Index(condition=models.Q(('confirmed_at__isnull', True), ('seat__isnull', False)), fields=['cafe', 'holds_until'], name='unconfirmed_holds')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('cafe', 'email'), name='one_registration_per_address', violation_error_message='Dit adres is al aangemeld voor dit café.'), models.CheckConstraint(condition=models.Q(('people__in', [1, 2])), name='comes_alone_or_with_one', violation_error_message='Je kunt één ander meenemen.'), models.CheckConstraint(condition=models.Q(models.Q(('seat', 'room'), ('queued_for_room_at__isnull', False), _negated=True), models.Q(('seat', 'online'), ('queued_for_online_at__isnull', False), _negated=True)), name='no_queue_for_what_one_has', violation_error_message='Iemand met een plaats staat niet ook op de wachtlijst daarvoor.'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('queued_for_online_at__isnull', True), ('queued_for_room_at__isnull', True), ('seat__isnull', True)), models.Q(('cancelled_at__isnull', True), models.Q(('seat__isnull', False), ('queued_for_room_at__isnull', False), ('queued_for_online_at__isnull', False), _connector='OR')), _connector='OR'), name='place_or_queue_unless_cancelled', violation_error_message='Wie afgemeld is heeft geen plaats; wie komt heeft er een of wacht.'), models.CheckConstraint(condition=models.Q(models.Q(('holds_until__isnull', True), ('nudge_at__isnull', True)), models.Q(('confirmed_at__isnull', True), ('holds_until__isnull', False), ('seat__isnull', False)), _connector='OR'), name='term_for_unconfirmed_seats_only', violation_error_message='Alleen wie een plaats heeft en nog niet vast is, heeft een termijn.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cafe',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='302dfb933657ccfc5131f2f3b5dcb3e7bc8ffaea', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_2c734', table='events_cafe', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cafe',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_cafeevent" ("agenda", "asks_from", "called_off_at", "closes_at", "ends_at", "final_counts", "forgotten_at", "front_text", "hold_hours", "id", "keep_months", "label", "late", "next_text", "online_capacity", "online_link", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "question", "room", "room_capacity", "route", "shows_mottos", "slug", "starts_at", "text", "title", "topic_id") VALUES (NEW."agenda", NEW."asks_from", NEW."called_off_at", NEW."closes_at", NEW."ends_at", NEW."final_counts", NEW."forgotten_at", NEW."front_text", NEW."hold_hours", NEW."id", NEW."keep_months", NEW."label", NEW."late", NEW."next_text", NEW."online_capacity", NEW."online_link", NEW."opens_at", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."published_at", NEW."question", NEW."room", NEW."room_capacity", NEW."route", NEW."shows_mottos", NEW."slug", NEW."starts_at", NEW."text", NEW."title", NEW."topic_id"); RETURN NULL;', hash='2829d79b8d9a76d4392caab5e1263c2a9e372a01', operation='INSERT', pgid='pgtrigger_insert_insert_cdbda', table='events_cafe', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cafe',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_cafeevent" ("agenda", "asks_from", "called_off_at", "closes_at", "ends_at", "final_counts", "forgotten_at", "front_text", "hold_hours", "id", "keep_months", "label", "late", "next_text", "online_capacity", "online_link", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "question", "room", "room_capacity", "route", "shows_mottos", "slug", "starts_at", "text", "title", "topic_id") VALUES (NEW."agenda", NEW."asks_from", NEW."called_off_at", NEW."closes_at", NEW."ends_at", NEW."final_counts", NEW."forgotten_at", NEW."front_text", NEW."hold_hours", NEW."id", NEW."keep_months", NEW."label", NEW."late", NEW."next_text", NEW."online_capacity", NEW."online_link", NEW."opens_at", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."published_at", NEW."question", NEW."room", NEW."room_capacity", NEW."route", NEW."shows_mottos", NEW."slug", NEW."starts_at", NEW."text", NEW."title", NEW."topic_id"); RETURN NULL;', hash='5fa41bb6de6f31f00dbbbfb762715a7a36a0239a', operation='UPDATE', pgid='pgtrigger_update_update_5aa4f', table='events_cafe', when='AFTER')),
        ),
    ]
