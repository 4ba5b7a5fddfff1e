from django.db import migrations, models
from django.db.models import CASCADE


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_people_who_are_members"), ("discovery", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="AnnouncedFilm",
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
            ],
            options={"db_table": "discovery_announced_film"},
        ),
    ]
