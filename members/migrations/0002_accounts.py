from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    """The table of the cache `limits`, which Django makes by a command and not by a model."""
    call_command("createcachetable", "members_limits", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
