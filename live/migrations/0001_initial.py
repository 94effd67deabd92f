import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
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
            name='LiveCafe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cafe', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='live', to='events.cafe', verbose_name='café')),
                ('code', models.CharField(max_length=4, verbose_name='code')),
                ('rehearsal_code', models.CharField(blank=True, editable=False, max_length=4)),
                ('version', models.PositiveBigIntegerField(default=1, editable=False)),
                ('turn', models.PositiveIntegerField(default=1, editable=False)),
                ('last_command', models.CharField(blank=True, editable=False, max_length=60)),
                ('tables', models.PositiveSmallIntegerField(default=10, verbose_name='tafels')),
                ('is_dark', models.BooleanField(default=False, verbose_name='donker scherm')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('begun_at', models.DateTimeField(editable=False, null=True, verbose_name='begonnen')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='gesloten')),
                ('cleared_at', models.DateTimeField(editable=False, null=True, verbose_name='scherm leeg sinds')),
                ('alone_since', models.DateTimeField(editable=False, null=True, verbose_name='alleen sinds')),
                ('shown_again_at', models.DateTimeField(editable=False, null=True, verbose_name='weer getoond na leeg')),
                ('rehearsing_since', models.DateTimeField(editable=False, null=True, verbose_name='proef sinds')),
                ('screen_seen_at', models.DateTimeField(editable=False, null=True, verbose_name='scherm gezien')),
                ('final_counts', models.JSONField(editable=False, null=True, verbose_name='aantallen die blijven')),
            ],
            options={
                'verbose_name': 'zaal',
                'verbose_name_plural': 'zalen',
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('code',), name='one_open_room_per_code'), models.CheckConstraint(condition=models.Q(('tables__range', (1, 40))), name='room_has_tables', violation_error_message='Vul 1 tot en met 40 tafels in.')],
            },
        ),
        migrations.CreateModel(
            name='Leader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaders', to='live.livecafe', verbose_name='zaal')),
                ('user', models.ForeignKey(limit_choices_to={'is_active': True, 'is_staff': True}, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL, verbose_name='wie')),
            ],
            options={
                'verbose_name': 'wie het leidt',
                'verbose_name_plural': 'wie het leiden',
                'constraints': [models.UniqueConstraint(fields=('live', 'user'), name='leads_a_room_once', violation_error_message='Dit café leidt die al.')],
            },
        ),
        migrations.CreateModel(
            name='Scene',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scenes', to='live.livecafe', verbose_name='zaal')),
                ('position', models.PositiveSmallIntegerField(verbose_name='plaats')),
                ('kind', models.CharField(choices=[('welkom', 'Welkom'), ('tafeltijd', 'Tafeltijd'), ('vraag', 'De vraag'), ('peiling', 'Peiling'), ('stickers', 'Stickers'), ('wensbeelden', 'Wensbeelden'), ('pauze', 'Pauze'), ('dank', 'Dank je wel')], max_length=12, verbose_name='soort')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='posts.question', verbose_name='vraag')),
                ('poll', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='polls.poll', verbose_name='peiling')),
                ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='polls.stickerround', verbose_name='stickerronde')),
                ('says', models.CharField(blank=True, help_text='Eén zin voor wie leidt. Leeg: een gewone zin.', max_length=200, verbose_name='zeg dit')),
                ('minutes', models.PositiveSmallIntegerField(default=8, verbose_name='minuten')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='begint rond')),
                ('started_at', models.DateTimeField(editable=False, null=True, verbose_name='begonnen')),
                ('ends_at', models.DateTimeField(editable=False, null=True, verbose_name='tijd is om')),
                ('revealed_at', models.DateTimeField(editable=False, null=True, verbose_name='uitslag getoond')),
                ('result', models.JSONField(editable=False, null=True, verbose_name='uitslag die blijft')),
            ],
            options={
                'verbose_name': 'onderdeel',
                'verbose_name_plural': 'draaiboek',
                'ordering': ['live', 'position'],
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('live', 'position'), name='one_scene_per_position', violation_error_message='Op deze plaats staat al een onderdeel.'), models.CheckConstraint(condition=models.Q(('kind__in', ['welkom', 'tafeltijd', 'vraag', 'peiling', 'stickers', 'wensbeelden', 'pauze', 'dank'])), name='scene_of_a_known_kind', violation_error_message='Kies wat er op het scherm komt.'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('question__isnull', False), ('kind__in', ('tafeltijd', 'vraag'))), models.Q(('question__isnull', True), models.Q(('kind__in', ('tafeltijd', 'vraag')), _negated=True)), _connector='OR'), models.Q(models.Q(('poll__isnull', False), ('kind', 'peiling')), models.Q(('poll__isnull', True), models.Q(('kind', 'peiling'), _negated=True)), _connector='OR'), models.Q(models.Q(('round__isnull', False), ('kind', 'stickers')), models.Q(('round__isnull', True), models.Q(('kind', 'stickers'), _negated=True)), _connector='OR')), name='scene_is_about_what_its_kind_needs', violation_error_message='Kies bij dit onderdeel precies wat erbij hoort: een vraag, een peiling of een stickerronde.'), models.CheckConstraint(condition=models.Q(('minutes__range', (1, 120))), name='scene_takes_1_to_120_minutes', violation_error_message='Vul 1 tot en met 120 minuten in.'), models.CheckConstraint(condition=models.Q(('revealed_at', None), ('kind__in', ['peiling', 'stickers']), _connector='OR'), name='scene_has_a_result_to_reveal')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='live.livecafe', verbose_name='zaal')),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='live_seats', to='werkplaats.visitor', verbose_name='bezoeker')),
                ('kind', models.CharField(choices=[('tafel', 'aan tafel'), ('alleen', 'in de zaal'), ('online', 'online')], max_length=6, verbose_name='waar')),
                ('table', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tafel')),
                ('people', models.PositiveSmallIntegerField(default=1, verbose_name='mensen')),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sinds')),
                ('put_out_at', models.DateTimeField(blank=True, null=True, verbose_name='buiten sinds')),
            ],
            options={
                'verbose_name': 'plek in de zaal',
                'verbose_name_plural': 'plekken in de zaal',
                'constraints': [models.UniqueConstraint(fields=('live', 'visitor'), name='one_seat_per_browser'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'tafel'), ('table__range', (1, 40))), models.Q(models.Q(('kind', 'tafel'), _negated=True), ('table', None)), _connector='OR'), name='seat_at_a_table_or_not', violation_error_message='Kies een tafel.'), models.CheckConstraint(condition=models.Q(('kind__in', ['tafel', 'alleen', 'online'])), name='seat_of_a_known_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'tafel'), ('people__range', (1, 30))), ('people', 1), _connector='OR'), name='seat_of_so_many_people', violation_error_message='Vul 1 tot en met 30 mensen in.')],
            },
        ),
        migrations.CreateModel(
            name='Headcount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scene', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='headcounts', to='live.scene', verbose_name='onderdeel')),
                ('table', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tafel')),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='headcounts', to='live.seat')),
                ('counted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='counted', to='live.seat')),
                ('choice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='headcounts', to='polls.choice')),
                ('idea', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='headcounts', to='polls.idea')),
                ('colour', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('people', models.PositiveSmallIntegerField(verbose_name='mensen')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'telling van handen',
                'verbose_name_plural': 'tellingen van handen',
                'constraints': [models.UniqueConstraint(fields=('scene', 'table', 'seat', 'choice', 'idea', 'counted_by'), name='one_count_per_source_and_option', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('counted_by__isnull', False), ('seat', None), ('table__range', (1, 40))), models.Q(('counted_by', None), ('seat__isnull', False), ('table', None)), _connector='OR'), name='count_of_a_table_or_a_phone'), models.CheckConstraint(condition=models.Q(models.Q(('choice__isnull', False), ('colour', None), ('idea', None)), models.Q(('choice', None), ('colour__in', [1, 2, 3]), ('idea__isnull', False)), _connector='OR'), name='count_of_a_choice_or_a_sticker'), models.CheckConstraint(condition=models.Q(('people__lte', 30)), name='count_of_so_many_people', violation_error_message='Vul 0 tot en met 30 mensen in.')],
            },
        ),
        migrations.CreateModel(
            name='HelperKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helper_keys', to='live.livecafe', verbose_name='zaal')),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gegeven door')),
                ('mark', models.CharField(editable=False, max_length=64, unique=True)),
                ('browser', models.CharField(blank=True, editable=False, max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('taken_at', models.DateTimeField(editable=False, null=True)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'sleutel van wie meeleest',
                'verbose_name_plural': 'sleutels van wie meelezen',
                'constraints': [models.UniqueConstraint(condition=models.Q(('browser', ''), _negated=True), fields=('browser',), name='one_key_per_browser')],
            },
        ),
        migrations.CreateModel(
            name='LivePost',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('posts.post',),
        ),
        migrations.CreateModel(
            name='LiveEvent',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('events.cafe',),
        ),
        migrations.CreateModel(
            name='LiveIdeas',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('polls.stickerround',),
        ),
        migrations.CreateModel(
            name='LiveHands',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('polls.handsonpaper',),
        ),
        migrations.CreateModel(
            name='LiveWensbeeld',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('polls.wensbeeld',),
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='live.livecafe', verbose_name='zaal')),
                ('scene', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='voices', to='live.scene', verbose_name='onderdeel')),
                ('post', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='voice_in_room', to='posts.post', verbose_name='bijdrage')),
                ('seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='voices', to='live.seat', verbose_name='plek')),
                ('kind', models.CharField(choices=[('tafel', 'aan tafel'), ('alleen', 'in de zaal'), ('online', 'online')], max_length=6, verbose_name='van waar')),
                ('table', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tafel')),
                ('said', models.TextField(blank=True, max_length=280, verbose_name='woorden van een proef')),
                ('number', models.PositiveIntegerField(editable=False, null=True, verbose_name='nummer')),
                ('came_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='kwam')),
                ('shown_at', models.DateTimeField(editable=False, null=True, verbose_name='op het scherm')),
                ('aside_at', models.DateTimeField(editable=False, null=True, verbose_name='later te lezen')),
                ('hidden_at', models.DateTimeField(editable=False, null=True, verbose_name='van het scherm')),
            ],
            options={
                'verbose_name': 'stem uit de zaal',
                'verbose_name_plural': 'stemmen uit de zaal',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('live', 'number'), name='one_voice_per_number'), models.CheckConstraint(condition=models.Q(models.Q(('post__isnull', False), ('said', '')), models.Q(('post', None), models.Q(('said', ''), _negated=True)), _connector='OR'), name='voice_says_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('number', None), ('shown_at', None)), models.Q(('number__isnull', False), ('shown_at__isnull', False)), _connector='OR'), name='shown_voice_has_a_number')],
            },
        ),
        migrations.AddField(
            model_name='livecafe',
            name='scene',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='live.scene'),
        ),
        migrations.AddField(
            model_name='livecafe',
            name='spotlight',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='live.voice'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='livecafe',
            trigger=pgtrigger.compiler.Trigger(name='counts_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.screen_seen_at IS NULL OR OLD.turn <> NEW.turn OR OLD.screen_seen_at IS NOT DISTINCT FROM NEW.screen_seen_at)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='970feeb1ed92aaef5db8b93009484513ce72a86a', operation='UPDATE', pgid='pgtrigger_counts_version_ea0cd', table='live_livecafe', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='livecafe',
            trigger=pgtrigger.compiler.Trigger(name='tells_version', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM pg_notify('live', NEW.id || ' ' || NEW.version); RETURN NULL;", hash='a6c5dfc1fc57a99fa4bfa50184460e5f31647c6a', operation='INSERT OR UPDATE', pgid='pgtrigger_tells_version_ec743', table='live_livecafe', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='livepost',
            trigger=pgtrigger.compiler.Trigger(name='zz_room_shows_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.version, OLD.published_at, OLD.removed_at, OLD.erased_at, OLD.question_id) IS DISTINCT FROM (NEW.version, NEW.published_at, NEW.removed_at, NEW.erased_at, NEW.question_id))', func='\n            UPDATE live_livecafe SET version = version WHERE closed_at IS NULL AND id IN (SELECT live_id FROM live_voice WHERE post_id = NEW.id AND number IS NOT NULL);\n            RETURN NULL;\n        ', hash='a978929ee99c23067544e9bb00c1ce60ec566add', operation='UPDATE', pgid='pgtrigger_zz_room_shows_it_711b6', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='livepost',
            trigger=pgtrigger.compiler.Trigger(name='zz_room_waits_for_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.version, OLD.published_at, OLD.removed_at) IS DISTINCT FROM (NEW.version, NEW.published_at, NEW.removed_at))', func="\n                    PERFORM pg_notify('live', live_id || ' w') FROM live_voice\n                    WHERE post_id = NEW.id AND number IS NULL;\n                    RETURN NULL;\n                ", hash='2feb09c78237a6312efc266c00d4e402fde4b855', operation='UPDATE', pgid='pgtrigger_zz_room_waits_for_it_b556c', table='posts_post', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='liveevent',
            trigger=pgtrigger.compiler.Trigger(name='zz_room_shows_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.called_off_at, OLD.starts_at, OLD.ends_at, OLD.published_at, OLD.title) IS DISTINCT FROM (NEW.called_off_at, NEW.starts_at, NEW.ends_at, NEW.published_at, NEW.title))', func='\n            UPDATE live_livecafe SET version = version WHERE closed_at IS NULL AND id IN (SELECT id FROM live_livecafe WHERE cafe_id = NEW.id);\n            RETURN NULL;\n        ', hash='8b5d5932d450a5a83c84d05eb1f5cc4d767e00c0', operation='UPDATE', pgid='pgtrigger_zz_room_shows_it_0525b', table='events_cafe', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='liveideas',
            trigger=pgtrigger.compiler.Trigger(name='zz_room_shows_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.version) IS DISTINCT FROM (NEW.version))', func='\n            UPDATE live_livecafe SET version = version WHERE closed_at IS NULL AND id IN (SELECT live_id FROM live_scene WHERE round_id = NEW.id);\n            RETURN NULL;\n        ', hash='556d5d080465a2872f448b4294b7f50531a37d67', operation='UPDATE', pgid='pgtrigger_zz_room_shows_it_958e2', table='polls_stickerround', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='livehands',
            trigger=pgtrigger.compiler.Trigger(name='zz_room_shows_it', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            UPDATE live_livecafe SET version = version WHERE closed_at IS NULL AND id IN (SELECT live_id FROM live_scene WHERE poll_id = (SELECT poll_id FROM polls_choice WHERE id = NEW.choice_id));\n            RETURN NULL;\n        ', hash='34f1d82c01c52fdcc9fd60ea29643f5fb95aae56', operation='INSERT OR UPDATE', pgid='pgtrigger_zz_room_shows_it_ddb1c', table='polls_handsonpaper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='livewensbeeld',
            trigger=pgtrigger.compiler.Trigger(name='zz_room_shows_it', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.version, OLD.published_at, OLD.removed_at) IS DISTINCT FROM (NEW.version, NEW.published_at, NEW.removed_at))', func="\n            UPDATE live_livecafe SET version = version WHERE closed_at IS NULL AND id IN (SELECT live_id FROM live_scene WHERE kind = 'wensbeelden');\n            RETURN NULL;\n        ", hash='817de0bf1d6d6aa25b032244e7987609f90a2125', operation='UPDATE', pgid='pgtrigger_zz_room_shows_it_9b163', table='polls_wensbeeld', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voice',
            trigger=pgtrigger.compiler.Trigger(name='leaves_with_its_post', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.number IS NOT NULL AND OLD.post_id IS NOT NULL)', constraint='CONSTRAINT', func='\n                    UPDATE live_livecafe SET version = version WHERE closed_at IS NULL AND id = OLD.live_id;\n                    RETURN NULL;\n                ', hash='08d8b64cea80cd65f1e49b67b969d89c40148e39', operation='DELETE', pgid='pgtrigger_leaves_with_its_post_a6985', table='live_voice', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
