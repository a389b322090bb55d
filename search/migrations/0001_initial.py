from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def add_transaction_number(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("ALTER TABLE search_change ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()")
    schema_editor.execute("CREATE INDEX search_change_in_commit_order ON search_change (xid, id)")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=64)),
                ("object_id", models.BigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
        migrations.RunPython(add_transaction_number, migrations.RunPython.noop),
    ]
