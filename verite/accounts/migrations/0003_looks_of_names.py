import django.db.models.deletion
from django.db import migrations, models

from verite.accounts.likeness import likeness


def look_at_members(apps, schema_editor):
    participants = apps.get_model("accounts", "Participant").objects
    for member in participants.filter(kind="member").iterator():
        participants.filter(pk=member.pk).update(likeness=likeness(member.name))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_participants"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                (
                    "slug",
                    models.SlugField(allow_unicode=True, max_length=80, primary_key=True, serialize=False),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.participant",
                    ),
                ),
            ],
            options={
                "db_table": "accounts_former_address",
            },
        ),
        migrations.AddField(
            model_name="participant",
            name="likeness",
            field=models.CharField(max_length=32, null=True),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("likeness__isnull", False)),
                fields=["likeness"],
                name="participant_likeness",
            ),
        ),
        migrations.RunPython(look_at_members, migrations.RunPython.noop),
    ]
