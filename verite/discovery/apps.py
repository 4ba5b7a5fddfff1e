from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "verite.discovery"
    label = "discovery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verite.core import freshness
        from verite.discovery import actions, announcing, telling
        from verite.notifications import telling as mails

        freshness.follow("film", actions.index_films)
        freshness.follow("film", announcing.announce_films)
        freshness.follow("person", actions.index_people)
        freshness.follow("subject", actions.notice_subjects)
        mails.register(announcing.KIND, telling.tell_films)
        for topic, namer in telling.NAMERS.items():
            mails.name_topic(topic, namer)
