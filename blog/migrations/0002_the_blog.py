from django.db import migrations


def make_the_blog(apps, schema_editor):
    """The one row in whose name comments are moderated: nothing that is only read has to make it."""
    apps.get_model("blog", "Blog").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial")]
    operations = [migrations.RunPython(make_the_blog, migrations.RunPython.noop)]
