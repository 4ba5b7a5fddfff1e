from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "verite.discussion"
    label = "discussion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verite.accounts import claiming, renaming
        from verite.catalogue import review_changes
        from verite.discussion import actions

        claiming.register(actions.claim_talk)
        renaming.register(actions.sign_anew)
        review_changes.register(actions.place_anew)
