from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "verite.ratings"
    label = "ratings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verite.accounts import claiming
        from verite.ratings import actions

        claiming.register(actions.claim_ratings)
