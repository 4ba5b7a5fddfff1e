from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "verite.discussion"
    label = "discussion"
    default_auto_field = "django.db.models.BigAutoField"
