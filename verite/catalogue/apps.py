from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "verite.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from verite.accounts import renaming
        from verite.catalogue.authors import name_anew

        renaming.register(name_anew)
