from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "verite.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verite.accounts import claiming
        from verite.notifications import actions

        claiming.register(actions.claim_subscriptions)
