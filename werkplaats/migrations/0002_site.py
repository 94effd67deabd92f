from django.core.management import call_command
from django.db import migrations


def make_site(apps, schema_editor):
    apps.get_model("werkplaats", "Site").objects.get_or_create(pk=1)


def make_cache_table(apps, schema_editor):
    # Here and not in the README: one command brings a database up to date.
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("werkplaats", "0001_initial")]
    operations = [
        migrations.RunPython(make_site, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
