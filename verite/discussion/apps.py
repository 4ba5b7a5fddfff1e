from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "verite.discussion"
    label = "discussion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verite.accounts import claiming, renaming
        from verite.catalogue import review_changes
        from verite.discussion import actions, announcing, telling
        from verite.discussion.queries.places import with_passages
        from verite.notifications import telling as mails

        claiming.register(actions.claim_talk)
        renaming.register(actions.sign_anew)
        review_changes.register(actions.place_anew, with_passages)
        mails.register(announcing.KIND, telling.tell_comments)
        for topic, namer in telling.NAMERS.items():
            mails.name_topic(topic, namer)
