import datetime
import django.db.models.deletion
import django.utils.timezone
import inviting.reaching
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('events', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('plan', '0001_initial'),
        ('posts', '0001_initial'),
        ('werkplaats', '0002_site'),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('overleg', 'overleg'), ('school', 'school'), ('schoolbestuur', 'schoolbestuur'), ('gemeente', 'gemeente'), ('ketenpartner', 'ketenpartner'), ('opr', 'OPR'), ('deelnemersraad', 'deelnemersraad'), ('rvt', 'raad van toezicht'), ('team', 'team'), ('klas', 'klas'), ('groep', 'groep'), ('maandbericht', 'wie in een Maandbericht stond')], max_length=20, verbose_name='wat')),
                ('name', models.CharField(help_text='Bijvoorbeeld «IB-overleg Winsum». Geen namen van mensen, geen adressen en geen telefoonnummers.', max_length=120, validators=[inviting.reaching.without_addresses], verbose_name='wie, als functie of groep')),
                ('approacher', models.CharField(blank=True, help_text='Bijvoorbeeld «consulent noord». Geen namen van mensen.', max_length=80, validators=[inviting.reaching.without_addresses], verbose_name='wie benadert, als functie')),
                ('on', models.DateField(blank=True, null=True, verbose_name='wanneer')),
                ('state', models.CharField(choices=[('voorgesteld', 'voorgesteld'), ('nog_niet', 'nog niet'), ('gevraagd', 'gevraagd'), ('doet_mee', 'doet mee'), ('deed_mee', 'deed mee'), ('liever_niet', 'liever niet')], default='nog_niet', max_length=20, verbose_name='stand')),
                ('note', models.TextField(blank=True, help_text='Zonder namen van mensen, adressen of telefoonnummers.', max_length=600, validators=[inviting.reaching.without_addresses], verbose_name='notitie')),
                ('link', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='call', to='werkplaats.invitationlink')),
                ('harvest', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plan.harvest', verbose_name='ontbrak bij')),
                ('body', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='calls', to='plan.body')),
                ('role', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='werkplaats.role')),
                ('werkgebied', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='werkplaats.werkgebied')),
                ('cafe', models.ForeignKey(blank=True, help_text='Kwamen ze niet? Na het café staat er vanzelf dat je ze binnen twee weken alsnog vraagt.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.cafe', verbose_name='voor welk café')),
                ('again_at', models.DateTimeField(editable=False, null=True, verbose_name='kon niet op het café')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='gemaakt')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'gerichte actie',
                'verbose_name_plural': 'gerichte acties',
                'ordering': [models.OrderBy(models.F('on'), nulls_last=True), 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('body', None), models.Q(('role', None), ('werkgebied', None)), _connector='OR'), name='a_call_fills_one_gap'), models.UniqueConstraint(condition=models.Q(('state__in', ['voorgesteld', 'nog_niet', 'gevraagd', 'doet_mee']), models.Q(('body__isnull', False), ('role__isnull', False), ('werkgebied__isnull', False), _connector='OR')), fields=('harvest', 'body', 'role', 'werkgebied'), name='one_open_call_a_gap', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='CallEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inviting.call')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('what', models.CharField(choices=[('overleg', 'overleg'), ('school', 'school'), ('schoolbestuur', 'schoolbestuur'), ('gemeente', 'gemeente'), ('ketenpartner', 'ketenpartner'), ('opr', 'OPR'), ('deelnemersraad', 'deelnemersraad'), ('rvt', 'raad van toezicht'), ('team', 'team'), ('klas', 'klas'), ('groep', 'groep'), ('maandbericht', 'wie in een Maandbericht stond')], max_length=20, verbose_name='wat')),
                ('name', models.CharField(help_text='Bijvoorbeeld «IB-overleg Winsum». Geen namen van mensen, geen adressen en geen telefoonnummers.', max_length=120, validators=[inviting.reaching.without_addresses], verbose_name='wie, als functie of groep')),
                ('approacher', models.CharField(blank=True, help_text='Bijvoorbeeld «consulent noord». Geen namen van mensen.', max_length=80, validators=[inviting.reaching.without_addresses], verbose_name='wie benadert, als functie')),
                ('on', models.DateField(blank=True, null=True, verbose_name='wanneer')),
                ('state', models.CharField(choices=[('voorgesteld', 'voorgesteld'), ('nog_niet', 'nog niet'), ('gevraagd', 'gevraagd'), ('doet_mee', 'doet mee'), ('deed_mee', 'deed mee'), ('liever_niet', 'liever niet')], default='nog_niet', max_length=20, verbose_name='stand')),
                ('note', models.TextField(blank=True, help_text='Zonder namen van mensen, adressen of telefoonnummers.', max_length=600, validators=[inviting.reaching.without_addresses], verbose_name='notitie')),
                ('link', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.invitationlink')),
                ('harvest', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plan.harvest', verbose_name='ontbrak bij')),
                ('body', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plan.body')),
                ('role', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.role')),
                ('werkgebied', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.werkgebied')),
                ('cafe', models.ForeignKey(blank=True, db_constraint=False, help_text='Kwamen ze niet? Na het café staat er vanzelf dat je ze binnen twee weken alsnog vraagt.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.cafe', verbose_name='voor welk café')),
                ('again_at', models.DateTimeField(editable=False, null=True, verbose_name='kon niet op het café')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='gemaakt')),
                ('by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Consulent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='consulent', to=settings.AUTH_USER_MODEL, verbose_name='wie')),
                ('name', models.CharField(help_text='Zo staat het er: «Anna nodigt je uit».', max_length=60, verbose_name='naam bij de uitnodiging')),
                ('link', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='consulent', to='werkplaats.invitationlink')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='gevraagd')),
                ('agreed_at', models.DateTimeField(editable=False, null=True, verbose_name='zei ja')),
                ('mondays', models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'consulent',
                'verbose_name_plural': 'consulenten',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ConsulentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inviting.consulent')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie')),
                ('name', models.CharField(help_text='Zo staat het er: «Anna nodigt je uit».', max_length=60, verbose_name='naam bij de uitnodiging')),
                ('link', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='werkplaats.invitationlink')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='gevraagd')),
                ('agreed_at', models.DateTimeField(editable=False, null=True, verbose_name='zei ja')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Monday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=True, verbose_name='de mail gaat uit')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'maandag'), (1, 'dinsdag'), (2, 'woensdag'), (3, 'donderdag'), (4, 'vrijdag')], default=0, verbose_name='dag')),
                ('at', models.TimeField(default=datetime.time(8, 0), help_text='Voor 12.00 uur.', verbose_name='tijd')),
                ('region', models.CharField(choices=[('noord', 'Noord'), ('midden', 'Midden'), ('zuid', 'Zuid')], default='noord', help_text='In vakanties van deze regio, en op vrije dagen, gaat er geen mail uit.', max_length=10, verbose_name='regio van de schoolvakanties')),
                ('plain', models.TextField(blank=True, max_length=1200, verbose_name='tekst: gewoon')),
                ('bulletin', models.TextField(blank=True, max_length=1200, verbose_name='tekst: voor wie in het Maandbericht stond')),
                ('meeting', models.TextField(blank=True, max_length=1200, verbose_name='tekst: voor een overleg')),
                ('voice', models.ForeignKey(blank=True, help_text='Voor de eerstvolgende mail. Leeg: een bijdrage van de afgelopen weken met veel duimpjes.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='posts.post', verbose_name='stem van de week')),
            ],
            options={
                'verbose_name': 'de maandagmail',
                'verbose_name_plural': 'de maandagmail',
                'constraints': [models.CheckConstraint(condition=models.Q(('at__lt', datetime.time(12, 0))), name='monday_before_noon', violation_error_message='Kies een tijd voor 12.00 uur: later gaat de mail die dag niet meer uit.'), models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_monday')],
            },
        ),
        migrations.CreateModel(
            name='FreePeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Bijvoorbeeld «herfstvakantie».', max_length=60, verbose_name='wat')),
                ('region', models.CharField(blank=True, choices=[('noord', 'Noord'), ('midden', 'Midden'), ('zuid', 'Zuid')], help_text='Leeg: overal, zoals tweede paasdag.', max_length=10, verbose_name='regio')),
                ('first_day', models.DateField(verbose_name='eerste dag')),
                ('last_day', models.DateField(verbose_name='laatste dag')),
            ],
            options={
                'verbose_name': 'vrije periode',
                'verbose_name_plural': 'vrije periodes',
                'ordering': ['first_day', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='free_period_ends_after_it_begins', violation_error_message='De laatste dag is niet voor de eerste.')],
            },
        ),
        migrations.CreateModel(
            name='MondayMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consulent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='inviting.consulent')),
                ('day', models.DateField(verbose_name='dag')),
                ('voice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='posts.post', verbose_name='stem van de week')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='vertrokken')),
                ('dropped_at', models.DateTimeField(null=True, verbose_name='kon niet voor 12.00 uur vertrekken')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('consulent', 'day'), name='one_monday_mail_a_day')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inviting_callevent" ("again_at", "approacher", "body_id", "by_id", "cafe_id", "harvest_id", "id", "link_id", "made_at", "name", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "state", "werkgebied_id", "what") VALUES (NEW."again_at", NEW."approacher", NEW."body_id", NEW."by_id", NEW."cafe_id", NEW."harvest_id", NEW."id", NEW."link_id", NEW."made_at", NEW."name", NEW."note", NEW."on", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."role_id", NEW."state", NEW."werkgebied_id", NEW."what"); RETURN NULL;', hash='75144c03503ea9713f97cba20df9f83b951cc558', operation='INSERT', pgid='pgtrigger_insert_insert_c5f7e', table='inviting_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inviting_callevent" ("again_at", "approacher", "body_id", "by_id", "cafe_id", "harvest_id", "id", "link_id", "made_at", "name", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "state", "werkgebied_id", "what") VALUES (NEW."again_at", NEW."approacher", NEW."body_id", NEW."by_id", NEW."cafe_id", NEW."harvest_id", NEW."id", NEW."link_id", NEW."made_at", NEW."name", NEW."note", NEW."on", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."role_id", NEW."state", NEW."werkgebied_id", NEW."what"); RETURN NULL;', hash='dd0f6dfac62b8d2e3f6c23195f0a3e105f49f890', operation='UPDATE', pgid='pgtrigger_update_update_513a8', table='inviting_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consulent',
            trigger=pgtrigger.compiler.Trigger(name='ends_its_link', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE werkplaats_invitationlink SET ended_at = now() WHERE id = OLD.link_id; RETURN NULL;', hash='45dd03270643895c4f1348d9845cf6e34cf488b4', operation='DELETE', pgid='pgtrigger_ends_its_link_afcef', table='inviting_consulent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consulent',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inviting_consulentevent" ("agreed_at", "asked_at", "id", "link_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."agreed_at", NEW."asked_at", NEW."id", NEW."link_id", NEW."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='09b53f90c524c5cce0ec932cbbc83309c6e61c58', operation='INSERT', pgid='pgtrigger_insert_insert_aa350', table='inviting_consulent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consulent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."agreed_at" IS DISTINCT FROM (NEW."agreed_at") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."link_id" IS DISTINCT FROM (NEW."link_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "inviting_consulentevent" ("agreed_at", "asked_at", "id", "link_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."agreed_at", NEW."asked_at", NEW."id", NEW."link_id", NEW."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='a3c186d158b89ff6aebb2a720e713cada67154ee', operation='UPDATE', pgid='pgtrigger_update_update_804e4', table='inviting_consulent', when='AFTER')),
        ),
    ]
