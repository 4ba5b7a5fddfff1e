from django.db import migrations, models
from django.db.models import CASCADE

from verite.discovery.search.engine import engine
from verite.discovery.search.index import FILMS, PEOPLE


def create_indexes(apps, schema_editor):
    for index in (FILMS, PEOPLE):
        for statement in engine().create(index):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="FilmDocument",
            fields=[
                (
                    "film",
                    models.OneToOneField(
                        on_delete=CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalogue.film",
                    ),
                ),
                ("title", models.TextField(db_index=True)),
                ("other_titles", models.TextField()),
                ("people", models.TextField()),
            ],
            options={"db_table": "discovery_film_document"},
        ),
        migrations.CreateModel(
            name="PersonDocument",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalogue.person",
                    ),
                ),
                ("name", models.TextField(db_index=True)),
            ],
            options={"db_table": "discovery_person_document"},
        ),
        migrations.RunPython(create_indexes),
    ]
