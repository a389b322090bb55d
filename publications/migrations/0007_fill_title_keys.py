from django.db import migrations

from publications.titles import title_key, title_keys

CHUNK = 2000


def in_chunks(apps):
    titles = apps.get_model('publications', 'Publication')._default_manager.order_by('pk')
    last = 0
    while some := list(titles.filter(pk__gt=last)[:CHUNK]):
        yield some
        last = some[-1].pk


def note_every_title(apps, schema_editor):
    TitleKey = apps.get_model('publications', 'TitleKey')
    for some in in_chunks(apps):
        TitleKey._default_manager.bulk_create(TitleKey(publication=one, key=key) for one in some for key in title_keys(one))


def note_the_original_alone(apps, schema_editor):
    for some in in_chunks(apps):
        for one in some:
            one.title_key = title_key(getattr(one, f'title_{one.original_language}', '') or one.title)
        type(some[0])._default_manager.bulk_update(some, ['title_key'], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('publications', '0006_title_keys'),
    ]

    operations = [
        migrations.RunPython(note_every_title, note_the_original_alone),
    ]
