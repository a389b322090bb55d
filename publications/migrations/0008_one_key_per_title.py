from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publications', '0007_fill_title_keys'),
    ]

    operations = [
        # For the way back, on which the column comes before what stands in it.
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.AlterField(
                model_name='publication',
                name='title_key',
                field=models.CharField(db_index=True, default='', editable=False, max_length=200),
            ),
        ]),
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
