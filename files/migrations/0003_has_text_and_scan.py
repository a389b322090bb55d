from django.db import migrations, models
from django.db.models import Exists, OuterRef


def note_files_without_text(apps, schema_editor):
    texts = apps.get_model("files", "PageText").objects.filter(file=OuterRef("pk"))
    apps.get_model("files", "StoredFile").objects.filter(~Exists(texts)).update(has_text=False)


class Migration(migrations.Migration):

    dependencies = [
        ("files", "0002_guesses"),
    ]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="has_text",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="scan",
            field=models.CharField(
                choices=[
                    ("off", "Not checked for malware"),
                    ("clean", "No malware found"),
                    ("unknown", "The malware check did not answer"),
                ],
                default="off",
                max_length=8,
                verbose_name="malware check",
            ),
        ),
        migrations.RunPython(note_files_without_text, migrations.RunPython.noop),
    ]
