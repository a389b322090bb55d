from django.db import migrations

from publications.titles import title_keys

CHUNK = 2000


def note_every_title(apps, schema_editor):
    Publication, TitleKey = (apps.get_model('publications', name) for name in ('Publication', 'TitleKey'))
    titles = Publication._default_manager.only('title_en', 'title_fr', 'title_es').order_by('pk')
    last = 0
    while some := list(titles.filter(pk__gt=last)[:CHUNK]):
        last = some[-1].pk
        TitleKey._default_manager.bulk_create(TitleKey(publication=one, key=key) for one in some for key in title_keys(one))


class Migration(migrations.Migration):

    dependencies = [
        ('publications', '0006_title_keys'),
    ]

    operations = [
        migrations.RunPython(note_every_title, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name='publication',
            name='publication_title_start',
        ),
        migrations.RemoveIndex(
            model_name='publication',
            name='publication_title_end',
        ),
        migrations.RemoveField(
            model_name='publication',
            name='title_start',
        ),
        migrations.RemoveField(
            model_name='publication',
            name='title_end',
        ),
        migrations.RemoveField(
            model_name='publication',
            name='title_key',
        ),
    ]
