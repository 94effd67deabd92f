import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
import werkplaats.invited.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=254)),
                ('template', models.CharField(max_length=100)),
                ('data', models.JSONField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='InvitationLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=werkplaats.invited.models.new_code, editable=False, max_length=8, unique=True)),
                ('is_call', models.BooleanField(default=False, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='LinkUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('kind', models.CharField(choices=[('gewoon', 'gewoon'), ('maandbericht', 'voor wie in het Maandbericht stond'), ('overleg', 'voor een overleg'), ('actie', 'gerichte acties'), ('zonder', 'zonder uitnodigingslink'), ('site', 'de hele site')], max_length=20)),
                ('act', models.CharField(choices=[('verstuurd', 'een tekst verstuurd'), ('afgemaakt', 'verteld wie het schreef'), ('gestemd', 'gestemd'), ('aangemeld', 'zich aangemeld voor een café'), ('gebruikt', 'links waarmee iets gebeurde'), ('openbaar', 'openbaar geworden')], max_length=20)),
                ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='werkplaats.invitationlink')),
            ],
        ),
        migrations.CreateModel(
            name='LinkMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('mark', models.CharField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'mark'), name='an_act_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='LinkFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('kind', models.CharField(choices=[('gewoon', 'gewoon'), ('maandbericht', 'voor wie in het Maandbericht stond'), ('overleg', 'voor een overleg'), ('actie', 'gerichte acties'), ('zonder', 'zonder uitnodigingslink'), ('site', 'de hele site')], max_length=20)),
                ('act', models.CharField(choices=[('verstuurd', 'een tekst verstuurd'), ('afgemaakt', 'verteld wie het schreef'), ('gestemd', 'gestemd'), ('aangemeld', 'zich aangemeld voor een café'), ('gebruikt', 'links waarmee iets gebeurde'), ('openbaar', 'openbaar geworden')], max_length=20)),
                ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='werkplaats.invitationlink')),
                ('counted', models.PositiveIntegerField()),
                ('told', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'kind', 'act', 'link'), name='one_figure_a_month', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='FailedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.BigIntegerField(unique=True)),
                ('task', models.CharField(max_length=128, verbose_name='welke mail')),
                ('ids', models.JSONField(verbose_name='waarover')),
                ('reason', models.CharField(max_length=300, verbose_name='wat de mailserver zei')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='opgegeven op')),
            ],
            options={
                'verbose_name': 'mail die niet aankwam',
                'verbose_name_plural': 'mails die niet aankwamen',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['task'], name='failed_mail_of_task')],
            },
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('most', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField())),
                ('periods', django.contrib.postgres.fields.ArrayField(base_field=models.DurationField())),
                ('moments', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField())),
                ('allowed', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('name_order', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Concat(django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value("(?<![^ ])(?:(?:aan|bij|in|onder|op|over|uit|voor) (?=(?:de|den|der|het|'t) )|(?:van|von|vd|v[./]? ?d[.]?|de|den|der|het|'t|'s|ten|ter|te) |'s-|d'(?=\\w))"), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), models.Value('\t'), django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField(db_collation='C'))),
                ('key', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(error_messages={'unique': 'Er is al iemand met dit adres.'}, max_length=254, unique=True, verbose_name='e-mailadres')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='naam')),
                ('is_staff', models.BooleanField(default=False, verbose_name='mag in het beheer')),
                ('is_active', models.BooleanField(default=True, help_text='Uit: deze persoon kan niet meer inloggen.', verbose_name='actief')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sinds')),
                ('trusted_at', models.DateTimeField(editable=False, help_text='Wat vóór dit moment is weggehaald, telt niet meer: nieuwe bijdragen staan meteen online.', null=True, verbose_name='weer vertrouwd sinds')),
                ('changed_at', models.DateTimeField(editable=False, null=True, verbose_name='toegang of adres veranderd')),
                ('warned_at', models.DateTimeField(editable=False, null=True, verbose_name='gewaarschuwd dat het account verdwijnt')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'gebruiker',
                'verbose_name_plural': 'gebruikers',
                'permissions': [('help_by_mail', 'Leest mee vanuit de mail')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='naam')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='plaats in de rij')),
                ('plural', models.CharField(blank=True, help_text='Voor tellingen, bijvoorbeeld «ouders».', max_length=60, verbose_name='meervoud')),
                ('is_pupil', models.BooleanField(default=False, help_text='Leerlingen geven geen e-mailadres en geen foto, en wachten altijd op goedkeuring.', verbose_name='is leerling')),
                ('is_rest', models.BooleanField(default=False, help_text='Voor wie zich in geen andere rol herkent. Van de rest staat er nooit dat we hen misten.', verbose_name='is de rest')),
            ],
            options={
                'verbose_name': 'rol',
                'verbose_name_plural': 'rollen',
                'ordering': ['position', django.db.models.functions.text.Concat(django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value("(?<![^ ])(?:(?:aan|bij|in|onder|op|over|uit|voor) (?=(?:de|den|der|het|'t) )|(?:van|von|vd|v[./]? ?d[.]?|de|den|der|het|'t|'s|ten|ter|te) |'s-|d'(?=\\w))"), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), models.Value('\t'), django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField()), 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Werkgebied',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='naam')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='plaats in de rij')),
            ],
            options={
                'verbose_name': 'werkgebied',
                'verbose_name_plural': 'werkgebieden',
                'ordering': ['position', django.db.models.functions.text.Concat(django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value("(?<![^ ])(?:(?:aan|bij|in|onder|op|over|uit|voor) (?=(?:de|den|der|het|'t) )|(?:van|von|vd|v[./]? ?d[.]?|de|den|der|het|'t|'s|ten|ter|te) |'s-|d'(?=\\w))"), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), models.Value('\t'), django.db.models.functions.text.Trim(models.Func(models.Func(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('’‘`´ʼøłđı'), models.Value("'''''oldi"), function='translate', output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField()), models.Value('æ'), models.Value('ae'), output_field=models.TextField()), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), output_field=models.TextField(), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+'), models.Value(' '), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField()), 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Visitor',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='gebruiker')),
                ('role', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='werkplaats.role', verbose_name='rol')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='sinds')),
            ],
            options={
                'verbose_name': 'bezoeker',
                'verbose_name_plural': 'bezoekers',
            },
        ),
        migrations.CreateModel(
            name='HelperLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helper_links', to=settings.AUTH_USER_MODEL, verbose_name='meelezer')),
                ('mark', models.CharField(blank=True, max_length=64)),
                ('told', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60))),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to=settings.AUTH_USER_MODEL, verbose_name='gebruiker')),
                ('kind', models.CharField(max_length=30, verbose_name='soort mail')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sinds')),
            ],
            options={
                'verbose_name': 'uitgezette mail',
                'verbose_name_plural': 'uitgezette mails',
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='mute_once_per_kind')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(editable=False, max_length=32, unique=True)),
                ('width', models.PositiveIntegerField(editable=False, verbose_name='breedte')),
                ('height', models.PositiveIntegerField(editable=False, verbose_name='hoogte')),
                ('alt', models.CharField(blank=True, help_text='Voor wie de foto niet ziet.', max_length=300, verbose_name='wat zie je?')),
                ('credit', models.CharField(blank=True, max_length=120, verbose_name='maker')),
                ('focus_x', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='belangrijkste punt, van links (%)')),
                ('focus_y', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='belangrijkste punt, van boven (%)')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('visitor', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pictures', to='werkplaats.visitor', verbose_name='bezoeker')),
                ('kept_since', models.DateTimeField(editable=False, null=True, verbose_name='bewaard sinds')),
                ('shown', models.BooleanField(default=False, editable=False, verbose_name='zichtbaar')),
                ('right', models.CharField(blank=True, editable=False, max_length=60)),
            ],
            options={
                'verbose_name': 'afbeelding',
                'verbose_name_plural': 'afbeeldingen',
                'indexes': [models.Index(condition=models.Q(('kept_since__isnull', False)), fields=['kept_since'], name='pictures_kept')],
            },
        ),
        migrations.CreateModel(
            name='Controller',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='verwerkingsverantwoordelijke')),
                ('post', models.TextField(blank=True, max_length=400, verbose_name='postadres')),
                ('officer', models.CharField(blank=True, max_length=120, verbose_name='functionaris gegevensbescherming')),
                ('officer_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mailadres van de functionaris')),
                ('officer_phone', models.CharField(blank=True, max_length=30, verbose_name='telefoon van de functionaris')),
                ('hosting', models.CharField(blank=True, max_length=200, verbose_name='wie de server verzorgt')),
                ('hosting_contract', models.CharField(blank=True, max_length=200, verbose_name='verwerkersovereenkomst met de hosting')),
                ('mailing', models.CharField(blank=True, max_length=200, verbose_name='wie de mail verzendt')),
                ('mailing_contract', models.CharField(blank=True, max_length=200, verbose_name='verwerkersovereenkomst voor de mail')),
                ('others', models.TextField(blank=True, max_length=2000, verbose_name='andere verwerkers en hun overeenkomsten')),
                ('backup_days', models.PositiveSmallIntegerField(default=14, verbose_name='zoveel dagen blijft een back-up bestaan')),
                ('dpia', models.TextField(blank=True, max_length=20000, verbose_name="beoordeling van de risico's (DPIA)")),
                ('dpia_on', models.DateField(blank=True, null=True, verbose_name='beoordeeld op')),
                ('basis_participation', models.CharField(blank=True, max_length=300, verbose_name='grondslag: meedenken over het ondersteuningsplan')),
                ('basis_cafes', models.CharField(blank=True, max_length=300, verbose_name='grondslag: aanmelden voor de Passend Onderwijscafés')),
                ('basis_answering', models.CharField(blank=True, max_length=300, verbose_name='grondslag: vertellen wat er met een inbreng gebeurt')),
                ('basis_accounts', models.CharField(blank=True, max_length=300, verbose_name='grondslag: inloggen en weten van wie iets is')),
                ('basis_moderating', models.CharField(blank=True, max_length=300, verbose_name='grondslag: een veilig gesprek: modereren, en misbruik tegengaan')),
                ('basis_keeping', models.CharField(blank=True, max_length=300, verbose_name='grondslag: kunnen nagaan wie wat veranderde, en dat de site het doet')),
                ('help_for_parents', models.TextField(blank=True, max_length=1000, verbose_name='waar een ouder hulp vindt')),
                ('complaints', models.TextField(blank=True, max_length=1000, verbose_name='hoe een ouder een klacht indient')),
            ],
            options={
                'verbose_name': 'privacygegevens',
                'verbose_name_plural': 'privacygegevens',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_controller')],
            },
        ),
        migrations.CreateModel(
            name='ControllerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='werkplaats.controller')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='verwerkingsverantwoordelijke')),
                ('post', models.TextField(blank=True, max_length=400, verbose_name='postadres')),
                ('officer', models.CharField(blank=True, max_length=120, verbose_name='functionaris gegevensbescherming')),
                ('officer_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mailadres van de functionaris')),
                ('officer_phone', models.CharField(blank=True, max_length=30, verbose_name='telefoon van de functionaris')),
                ('hosting', models.CharField(blank=True, max_length=200, verbose_name='wie de server verzorgt')),
                ('hosting_contract', models.CharField(blank=True, max_length=200, verbose_name='verwerkersovereenkomst met de hosting')),
                ('mailing', models.CharField(blank=True, max_length=200, verbose_name='wie de mail verzendt')),
                ('mailing_contract', models.CharField(blank=True, max_length=200, verbose_name='verwerkersovereenkomst voor de mail')),
                ('others', models.TextField(blank=True, max_length=2000, verbose_name='andere verwerkers en hun overeenkomsten')),
                ('backup_days', models.PositiveSmallIntegerField(default=14, verbose_name='zoveel dagen blijft een back-up bestaan')),
                ('dpia', models.TextField(blank=True, max_length=20000, verbose_name="beoordeling van de risico's (DPIA)")),
                ('dpia_on', models.DateField(blank=True, null=True, verbose_name='beoordeeld op')),
                ('basis_participation', models.CharField(blank=True, max_length=300, verbose_name='grondslag: meedenken over het ondersteuningsplan')),
                ('basis_cafes', models.CharField(blank=True, max_length=300, verbose_name='grondslag: aanmelden voor de Passend Onderwijscafés')),
                ('basis_answering', models.CharField(blank=True, max_length=300, verbose_name='grondslag: vertellen wat er met een inbreng gebeurt')),
                ('basis_accounts', models.CharField(blank=True, max_length=300, verbose_name='grondslag: inloggen en weten van wie iets is')),
                ('basis_moderating', models.CharField(blank=True, max_length=300, verbose_name='grondslag: een veilig gesprek: modereren, en misbruik tegengaan')),
                ('basis_keeping', models.CharField(blank=True, max_length=300, verbose_name='grondslag: kunnen nagaan wie wat veranderde, en dat de site het doet')),
                ('help_for_parents', models.TextField(blank=True, max_length=1000, verbose_name='waar een ouder hulp vindt')),
                ('complaints', models.TextField(blank=True, max_length=1000, verbose_name='hoe een ouder een klacht indient')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Retention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(choices=[('namen', 'namen en adressen bij bijdragen'), ('stemmen', 'duimpjes, stemmen en stickers'), ('bezoekers', 'bezoekers die niets deden'), ('accounts', 'accounts waarmee niemand inlogt'), ('woorden', "woorden, wensbeelden, foto's en aantekeningen"), ('ongepubliceerd', 'bijdragen die nooit online kwamen'), ('aanmeldingen', 'aanmeldingen voor cafés'), ('wensen', 'wensen over eten en toegankelijkheid'), ('logboek', 'het logboek van wijzigingen'), ('brieven', 'mails die nooit vertrokken'), ('taken', 'mislukte taken en mails die niet aankwamen'), ('sessies', 'sessies van wie inlogt'), ('logs', 'logbestanden met adressen van apparaten'), ('kind', 'verhalen over één kind'), ('flappen', "foto's van flappen"), ('bestanden', 'bestanden met de opbrengst'), ('kort', 'wat alleen even telt'), ('site', 'teksten van de site, en wie ze beheert')], max_length=20, unique=True, verbose_name='wat')),
                ('days', models.PositiveIntegerField(blank=True, null=True, verbose_name='dagen')),
                ('paused_at', models.DateTimeField(editable=False, null=True, verbose_name='gepauzeerd sinds')),
                ('paused_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gepauzeerd door')),
                ('paused_why', models.CharField(blank=True, max_length=300, verbose_name='waarom gepauzeerd')),
            ],
            options={
                'verbose_name': 'bewaartermijn',
                'verbose_name_plural': 'bewaartermijnen',
                'constraints': [models.CheckConstraint(condition=models.Q(('days', None), ('days__range', (1, 3650)), _connector='OR'), name='days_plausible', violation_error_message='Vul een aantal dagen in tussen 1 en 3650.'), models.CheckConstraint(condition=models.Q(('paused_at', None), models.Q(('paused_why', ''), _negated=True), _connector='OR'), name='pause_says_why', violation_error_message='Zeg waarom het gepauzeerd is.')],
            },
        ),
        migrations.CreateModel(
            name='RetentionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='werkplaats.retention')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('term', models.CharField(choices=[('namen', 'namen en adressen bij bijdragen'), ('stemmen', 'duimpjes, stemmen en stickers'), ('bezoekers', 'bezoekers die niets deden'), ('accounts', 'accounts waarmee niemand inlogt'), ('woorden', "woorden, wensbeelden, foto's en aantekeningen"), ('ongepubliceerd', 'bijdragen die nooit online kwamen'), ('aanmeldingen', 'aanmeldingen voor cafés'), ('wensen', 'wensen over eten en toegankelijkheid'), ('logboek', 'het logboek van wijzigingen'), ('brieven', 'mails die nooit vertrokken'), ('taken', 'mislukte taken en mails die niet aankwamen'), ('sessies', 'sessies van wie inlogt'), ('logs', 'logbestanden met adressen van apparaten'), ('kind', 'verhalen over één kind'), ('flappen', "foto's van flappen"), ('bestanden', 'bestanden met de opbrengst'), ('kort', 'wat alleen even telt'), ('site', 'teksten van de site, en wie ze beheert')], max_length=20, verbose_name='wat')),
                ('days', models.PositiveIntegerField(blank=True, null=True, verbose_name='dagen')),
                ('paused_at', models.DateTimeField(editable=False, null=True, verbose_name='gepauzeerd sinds')),
                ('paused_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gepauzeerd door')),
                ('paused_why', models.CharField(blank=True, max_length=300, verbose_name='waarom gepauzeerd')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(choices=[('namen', 'namen en adressen bij bijdragen'), ('stemmen', 'duimpjes, stemmen en stickers'), ('bezoekers', 'bezoekers die niets deden'), ('accounts', 'accounts waarmee niemand inlogt'), ('woorden', "woorden, wensbeelden, foto's en aantekeningen"), ('ongepubliceerd', 'bijdragen die nooit online kwamen'), ('aanmeldingen', 'aanmeldingen voor cafés'), ('wensen', 'wensen over eten en toegankelijkheid'), ('logboek', 'het logboek van wijzigingen'), ('brieven', 'mails die nooit vertrokken'), ('taken', 'mislukte taken en mails die niet aankwamen'), ('sessies', 'sessies van wie inlogt'), ('logs', 'logbestanden met adressen van apparaten'), ('kind', 'verhalen over één kind'), ('flappen', "foto's van flappen"), ('bestanden', 'bestanden met de opbrengst'), ('kort', 'wat alleen even telt'), ('site', 'teksten van de site, en wie ze beheert')], max_length=20, verbose_name='wat')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wanneer')),
                ('counts', models.JSONField(default=dict, verbose_name='aantallen')),
                ('foreseen', models.JSONField(default=dict, verbose_name='wat de volgende keer gaat')),
            ],
            options={
                'verbose_name': 'opruiming',
                'verbose_name_plural': 'opruimingen',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['term', '-at'], name='runs_of_term')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wanneer')),
                ('what', models.CharField(choices=[('aanmeldingen', 'aanmeldingen van een café'), ('persoon', 'de pagina van een persoon'), ('inzage', 'wat we van een persoon bewaren'), ('bestand', 'een bestand met gegevens')], max_length=20, verbose_name='wat')),
                ('about', models.CharField(max_length=100, verbose_name='waarvan')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='hoeveel')),
            ],
            options={
                'verbose_name': 'inzage door de staf',
                'verbose_name_plural': 'inzage door de staf',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['-at'], name='looks_newest')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wanneer')),
                ('why', models.CharField(choices=[('zelf', 'op verzoek, door henzelf'), ('staf', 'op verzoek, door de staf'), ('termijn', 'omdat de termijn van het account voorbij was')], max_length=10, verbose_name='waarom')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door wie van de staf')),
                ('counts', models.JSONField(default=dict, verbose_name='aantallen')),
                ('elsewhere', models.JSONField(default=dict, verbose_name='staat ook nog bij')),
                ('looked_at', models.DateTimeField(null=True, verbose_name='nagekeken')),
            ],
            options={
                'verbose_name': 'wissen van een persoon',
                'verbose_name_plural': 'wissen van personen',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cooperation', models.CharField(default='ons samenwerkingsverband', max_length=120, verbose_name='naam van het samenwerkingsverband')),
                ('period_start', models.PositiveSmallIntegerField(default=2027, verbose_name='eerste jaar van het plan')),
                ('period_end', models.PositiveSmallIntegerField(default=2031, verbose_name='laatste jaar van het plan')),
                ('intro', models.TextField(blank=True, max_length=3000, verbose_name='inleiding op de voorpagina')),
                ('header', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='werkplaats.picture', verbose_name='kopfoto')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='werkplaats.picture', verbose_name='logo')),
                ('poem', models.TextField(blank=True, max_length=2000, verbose_name='gedicht naast de kopfoto')),
                ('poem_author', models.CharField(blank=True, max_length=120, verbose_name='dichter')),
                ('drawing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='werkplaats.picture', verbose_name='tekening van de wensbeelden')),
                ('about', models.TextField(blank=True, max_length=12000, verbose_name='over deze werkplaats')),
                ('privacy', models.TextField(blank=True, max_length=20000, verbose_name='privacyverklaring')),
                ('accessibility', models.TextField(blank=True, max_length=20000, verbose_name='toegankelijkheidsverklaring')),
                ('house_rules', models.TextField(blank=True, max_length=6000, verbose_name='huisregels')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adres voor vragen')),
                ('contact_phone', models.CharField(blank=True, max_length=30, verbose_name='telefoon voor vragen')),
                ('security_email', models.EmailField(blank=True, max_length=254, verbose_name='adres om een lek te melden')),
                ('reads_within', models.PositiveSmallIntegerField(choices=[(1, 'meestal binnen een werkdag'), (2, 'meestal binnen twee werkdagen'), (3, 'meestal binnen drie werkdagen'), (4, 'meestal binnen vier werkdagen'), (5, 'meestal binnen een week')], default=2, help_text='Dit beloven we aan wie iets schrijft of meldt. «Vandaag» laat zien wat langer wacht.', verbose_name='een moderator leest wat wacht')),
                ('plan_since', models.DateTimeField(editable=False, null=True, verbose_name='het plan is te lezen sinds')),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'instellingen en teksten',
                'verbose_name_plural': 'instellingen en teksten',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_site'), models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start')), ('period_start__gte', 2000)), name='period_in_order', violation_error_message='Het laatste jaar ligt voor het eerste.')],
            },
        ),
        migrations.CreateModel(
            name='SiteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='werkplaats.site')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('cooperation', models.CharField(default='ons samenwerkingsverband', max_length=120, verbose_name='naam van het samenwerkingsverband')),
                ('period_start', models.PositiveSmallIntegerField(default=2027, verbose_name='eerste jaar van het plan')),
                ('period_end', models.PositiveSmallIntegerField(default=2031, verbose_name='laatste jaar van het plan')),
                ('intro', models.TextField(blank=True, max_length=3000, verbose_name='inleiding op de voorpagina')),
                ('header', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.picture', verbose_name='kopfoto')),
                ('logo', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.picture', verbose_name='logo')),
                ('poem', models.TextField(blank=True, max_length=2000, verbose_name='gedicht naast de kopfoto')),
                ('poem_author', models.CharField(blank=True, max_length=120, verbose_name='dichter')),
                ('drawing', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.picture', verbose_name='tekening van de wensbeelden')),
                ('about', models.TextField(blank=True, max_length=12000, verbose_name='over deze werkplaats')),
                ('privacy', models.TextField(blank=True, max_length=20000, verbose_name='privacyverklaring')),
                ('accessibility', models.TextField(blank=True, max_length=20000, verbose_name='toegankelijkheidsverklaring')),
                ('house_rules', models.TextField(blank=True, max_length=6000, verbose_name='huisregels')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adres voor vragen')),
                ('contact_phone', models.CharField(blank=True, max_length=30, verbose_name='telefoon voor vragen')),
                ('security_email', models.EmailField(blank=True, max_length=254, verbose_name='adres om een lek te melden')),
                ('reads_within', models.PositiveSmallIntegerField(choices=[(1, 'meestal binnen een werkdag'), (2, 'meestal binnen twee werkdagen'), (3, 'meestal binnen drie werkdagen'), (4, 'meestal binnen vier werkdagen'), (5, 'meestal binnen een week')], default=2, help_text='Dit beloven we aan wie iets schrijft of meldt. «Vandaag» laat zien wat langer wacht.', verbose_name='een moderator leest wat wacht')),
                ('plan_since', models.DateTimeField(editable=False, null=True, verbose_name='het plan is te lezen sinds')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Motto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=80, unique=True, verbose_name='motto')),
                ('explanation', models.TextField(blank=True, max_length=600, verbose_name='uitleg')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='werkplaats.picture', verbose_name='foto')),
                ('artwork', models.CharField(choices=[('motto-bubbles', 'grote bellen'), ('motto-hand-in-hand', 'kinderen hand in hand'), ('motto-circles', 'veel kleine rondjes, één vorm')], max_length=40, verbose_name='tekening zolang er geen foto is')),
                ('artwork_alt', models.CharField(max_length=300, verbose_name='wat zie je op de tekening?')),
                ('tint', models.CharField(choices=[('water', 'zeepblauw'), ('sun', 'zongeel'), ('peach', 'perzik')], default='water', max_length=10, verbose_name='kleur')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='plaats in de rij')),
            ],
            options={
                'verbose_name': 'motto',
                'verbose_name_plural': "motto's",
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MottoEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='werkplaats.motto')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('text', models.CharField(max_length=80, verbose_name='motto')),
                ('explanation', models.TextField(blank=True, max_length=600, verbose_name='uitleg')),
                ('picture', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.picture', verbose_name='foto')),
                ('artwork', models.CharField(choices=[('motto-bubbles', 'grote bellen'), ('motto-hand-in-hand', 'kinderen hand in hand'), ('motto-circles', 'veel kleine rondjes, één vorm')], max_length=40, verbose_name='tekening zolang er geen foto is')),
                ('artwork_alt', models.CharField(max_length=300, verbose_name='wat zie je op de tekening?')),
                ('tint', models.CharField(choices=[('water', 'zeepblauw'), ('sun', 'zongeel'), ('peach', 'perzik')], default='water', max_length=10, verbose_name='kleur')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='plaats in de rij')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='datum')),
                ('end', models.DateField(blank=True, help_text='Leeg: het duurt één dag, of die ene maand.', null=True, verbose_name='tot en met')),
                ('whole_month', models.BooleanField(default=True, verbose_name='alleen de maand tonen')),
                ('title', models.CharField(max_length=120, verbose_name='titel')),
                ('label', models.CharField(blank=True, help_text='Twee of drie korte woorden, zoals «Lees het concept». Leeg: de titel.', max_length=30, verbose_name='kort, voor in de tijdlijn')),
                ('text', models.TextField(blank=True, max_length=600, verbose_name='toelichting')),
            ],
            options={
                'verbose_name': 'mijlpaal',
                'verbose_name_plural': 'mijlpalen',
                'ordering': ['date', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('date')), _connector='OR'), name='milestone_in_order', violation_error_message='De laatste dag ligt voor de eerste.')],
            },
        ),
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=40, unique=True, verbose_name='afkorting of woord')),
                ('meaning', models.CharField(max_length=300, verbose_name='betekenis')),
            ],
            options={
                'verbose_name': 'begrip',
                'verbose_name_plural': 'begrippenlijst',
                'ordering': ['term'],
            },
        ),
        migrations.CreateModel(
            name='HeardPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('key', models.PositiveBigIntegerField()),
                ('since', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'bladzijde wat we hoorden',
                'verbose_name_plural': 'bladzijden wat we hoorden',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='one_heard_page')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='forgets_proof', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email"))', func='DELETE FROM account_emailaddress WHERE user_id = NEW.id; RETURN NULL;', hash='7bf882b9c0f50b8c859efede46092c98794f7926', operation='UPDATE', pgid='pgtrigger_forgets_proof_29c7c', table='werkplaats_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='ed4a6b1e2035a488ab658f8cf4bfc7fce11d1e16', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_97816', table='werkplaats_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='werkgebied',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='3d30374eb89881c2bc20f8148c947e81994e39e6', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_6564b', table='werkplaats_werkgebied', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controller',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "werkplaats_controllerevent" ("backup_days", "basis_accounts", "basis_answering", "basis_cafes", "basis_keeping", "basis_moderating", "basis_participation", "complaints", "dpia", "dpia_on", "help_for_parents", "hosting", "hosting_contract", "id", "mailing", "mailing_contract", "name", "officer", "officer_email", "officer_phone", "others", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post") VALUES (NEW."backup_days", NEW."basis_accounts", NEW."basis_answering", NEW."basis_cafes", NEW."basis_keeping", NEW."basis_moderating", NEW."basis_participation", NEW."complaints", NEW."dpia", NEW."dpia_on", NEW."help_for_parents", NEW."hosting", NEW."hosting_contract", NEW."id", NEW."mailing", NEW."mailing_contract", NEW."name", NEW."officer", NEW."officer_email", NEW."officer_phone", NEW."others", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."post"); RETURN NULL;', hash='de33b0cc741e3d601e848ff11330ef46b3b0bc37', operation='INSERT', pgid='pgtrigger_insert_insert_ba1e3', table='werkplaats_controller', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='controller',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "werkplaats_controllerevent" ("backup_days", "basis_accounts", "basis_answering", "basis_cafes", "basis_keeping", "basis_moderating", "basis_participation", "complaints", "dpia", "dpia_on", "help_for_parents", "hosting", "hosting_contract", "id", "mailing", "mailing_contract", "name", "officer", "officer_email", "officer_phone", "others", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post") VALUES (NEW."backup_days", NEW."basis_accounts", NEW."basis_answering", NEW."basis_cafes", NEW."basis_keeping", NEW."basis_moderating", NEW."basis_participation", NEW."complaints", NEW."dpia", NEW."dpia_on", NEW."help_for_parents", NEW."hosting", NEW."hosting_contract", NEW."id", NEW."mailing", NEW."mailing_contract", NEW."name", NEW."officer", NEW."officer_email", NEW."officer_phone", NEW."others", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."post"); RETURN NULL;', hash='24c9070b4e848a9f4d398587bd4f328a935cad17', operation='UPDATE', pgid='pgtrigger_update_update_7efa2', table='werkplaats_controller', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retention',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "werkplaats_retentionevent" ("days", "id", "paused_at", "paused_by_id", "paused_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term") VALUES (NEW."days", NEW."id", NEW."paused_at", NEW."paused_by_id", NEW."paused_why", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."term"); RETURN NULL;', hash='af5a26ad406d6fb714b33a065c0c6d0dce136fd2', operation='INSERT', pgid='pgtrigger_insert_insert_32499', table='werkplaats_retention', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retention',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "werkplaats_retentionevent" ("days", "id", "paused_at", "paused_by_id", "paused_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term") VALUES (NEW."days", NEW."id", NEW."paused_at", NEW."paused_by_id", NEW."paused_why", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."term"); RETURN NULL;', hash='1d0a6abbf7fd9a0834cda6823f798de45133d4d0', operation='UPDATE', pgid='pgtrigger_update_update_91fc3', table='werkplaats_retention', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='counts_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.version = OLD.version + 1; RETURN NEW;', hash='296f78bfe1f3e421410d81ebffd308fb0b57b321', operation='UPDATE', pgid='pgtrigger_counts_version_051cc', table='werkplaats_site', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."accessibility" IS DISTINCT FROM (NEW."accessibility") OR OLD."contact_email" IS DISTINCT FROM (NEW."contact_email") OR OLD."contact_phone" IS DISTINCT FROM (NEW."contact_phone") OR OLD."cooperation" IS DISTINCT FROM (NEW."cooperation") OR OLD."drawing_id" IS DISTINCT FROM (NEW."drawing_id") OR OLD."header_id" IS DISTINCT FROM (NEW."header_id") OR OLD."house_rules" IS DISTINCT FROM (NEW."house_rules") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."intro" IS DISTINCT FROM (NEW."intro") OR OLD."logo_id" IS DISTINCT FROM (NEW."logo_id") OR OLD."period_end" IS DISTINCT FROM (NEW."period_end") OR OLD."period_start" IS DISTINCT FROM (NEW."period_start") OR OLD."plan_since" IS DISTINCT FROM (NEW."plan_since") OR OLD."poem" IS DISTINCT FROM (NEW."poem") OR OLD."poem_author" IS DISTINCT FROM (NEW."poem_author") OR OLD."privacy" IS DISTINCT FROM (NEW."privacy") OR OLD."reads_within" IS DISTINCT FROM (NEW."reads_within") OR OLD."security_email" IS DISTINCT FROM (NEW."security_email"))', func='INSERT INTO "werkplaats_siteevent" ("about", "accessibility", "contact_email", "contact_phone", "cooperation", "drawing_id", "header_id", "house_rules", "id", "intro", "logo_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_since", "poem", "poem_author", "privacy", "reads_within", "security_email") VALUES (NEW."about", NEW."accessibility", NEW."contact_email", NEW."contact_phone", NEW."cooperation", NEW."drawing_id", NEW."header_id", NEW."house_rules", NEW."id", NEW."intro", NEW."logo_id", NEW."period_end", NEW."period_start", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."plan_since", NEW."poem", NEW."poem_author", NEW."privacy", NEW."reads_within", NEW."security_email"); RETURN NULL;', hash='053e723609a7005487eb4176837197c5d5e4162e', operation='UPDATE', pgid='pgtrigger_update_update_21847', table='werkplaats_site', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='motto',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='a0a2f9a5bbb589241362dd8694aa1732f83e2871', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_22191', table='werkplaats_motto', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='motto',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "werkplaats_mottoevent" ("artwork", "artwork_alt", "explanation", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "position", "text", "tint") VALUES (NEW."artwork", NEW."artwork_alt", NEW."explanation", NEW."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."picture_id", NEW."position", NEW."text", NEW."tint"); RETURN NULL;', hash='ada643c8d6b35b78f84db8f8884a90fef3ae5b2d', operation='INSERT', pgid='pgtrigger_insert_insert_0ac79', table='werkplaats_motto', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='motto',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "werkplaats_mottoevent" ("artwork", "artwork_alt", "explanation", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "position", "text", "tint") VALUES (NEW."artwork", NEW."artwork_alt", NEW."explanation", NEW."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."picture_id", NEW."position", NEW."text", NEW."tint"); RETURN NULL;', hash='c524369cfa8af750d0a3ac76c0e672154d554e89', operation='UPDATE', pgid='pgtrigger_update_update_52c53', table='werkplaats_motto', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='10b7bc43111f59fda998accc5ca3e8dee29b6bdc', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_253f9', table='werkplaats_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='glossaryterm',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='9f9dda6cf3b0fe2de3df5d8702c933d7d580c330', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_bcfca', table='werkplaats_glossaryterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='heardpage',
            trigger=pgtrigger.compiler.Trigger(name='bumps_site_version', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_site SET version = version + 1; RETURN NULL;', hash='ba084655ea2ee584aad94c057f613f4732317aa4', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_bumps_site_version_5cc86', table='werkplaats_heardpage', when='AFTER')),
        ),
    ]
