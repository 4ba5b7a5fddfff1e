"""A film and the facts about it. Long text and counts stand in tables of their own: rows that every
list reads stay short, and a counter that moves does not rewrite the film."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class FilmQuerySet(models.QuerySet["Film"]):
    def public(self) -> FilmQuerySet:
        return self.filter(state=Film.State.PUBLISHED)


class Film(models.Model):
    """One work, also a series shown as one work."""

    class Kind(models.TextChoices):
        FILM = "film"
        SHORT = "short"
        SERIES = "series"

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    title = models.CharField(max_length=300)
    sort_title = models.CharField(max_length=300)
    folded_title = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.FILM)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PUBLISHED)
    # A partial date (year, year and month, or a day); or a range of years, open when still running.
    year = models.PositiveSmallIntegerField(null=True)
    month = models.PositiveSmallIntegerField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    is_running = models.BooleanField(default=False)
    length_seconds = models.PositiveIntegerField(null=True)
    tagline = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField()

    objects = FilmQuerySet.as_manager()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_film"
        constraints = [
            models.CheckConstraint(condition=~Q(slug="") & ~Q(title=""), name="film_named"),
            models.CheckConstraint(condition=Q(kind__in=["film", "short", "series"]), name="film_kind"),
            models.CheckConstraint(condition=Q(state__in=["draft", "published"]), name="film_state"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1800, 2100)), name="film_year"
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__range=(1, 12), year__isnull=False),
                name="film_month",
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(day__range=(1, 31), month__isnull=False), name="film_day"
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True)
                | Q(
                    year__isnull=False,  # a comparison with nothing is not false, and would pass
                    last_year__gt=F("year"),
                    last_year__lte=2100,
                    month__isnull=True,
                    is_running=False,
                ),
                name="film_last_year",
            ),
            models.CheckConstraint(
                condition=Q(is_running=False) | Q(year__isnull=False, month__isnull=True), name="film_running"
            ),
            models.CheckConstraint(
                condition=Q(length_seconds__isnull=True) | Q(length_seconds__gt=0), name="film_length"
            ),
        ]
        indexes = [
            models.Index(
                F("published_at").desc(), F("id").desc(), name="film_newest", condition=Q(state="published")
            ),
            models.Index(
                F("year").desc(), F("id").desc(), name="film_by_year", condition=Q(state="published")
            ),
            models.Index("sort_title", "id", name="film_by_title", condition=Q(state="published")),
        ]

    def __str__(self) -> str:
        return self.title


class FilmText(models.Model):
    """The long words about a film that only its own page shows."""

    film = models.OneToOneField(Film, on_delete=models.CASCADE, primary_key=True, related_name="text")
    synopsis = models.TextField(blank=True)
    rights = models.TextField(blank=True)
    public_performance = models.TextField(blank=True)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_film_text"

    def __str__(self) -> str:
        return f"text of film {self.film_id}"


class FilmCounts(models.Model):
    """What lists need to know of a film's parts, kept by the actions that change parts and sources."""

    film = models.OneToOneField(Film, on_delete=models.CASCADE, primary_key=True, related_name="counts")
    part_count = models.PositiveIntegerField(default=0)
    playable_count = models.PositiveIntegerField(default=0)
    has_captions = models.BooleanField(default=False)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_film_counts"
        constraints = [
            models.CheckConstraint(
                condition=Q(playable_count__lte=F("part_count")), name="film_counts_playable"
            ),
        ]
        indexes = [models.Index("film", name="film_playable", condition=Q(playable_count__gt=0))]

    def __str__(self) -> str:
        return f"counts of film {self.film_id}"


class FilmTitle(models.Model):
    """Another title of a film, in another language or of another release."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="titles")
    title = models.CharField(max_length=300)
    folded_title = models.CharField(max_length=200, db_index=True)
    language = models.CharField(max_length=35, blank=True)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_film_title"
        constraints = [
            models.UniqueConstraint(fields=["film", "title"], name="film_title_once"),
            models.CheckConstraint(condition=~Q(title=""), name="film_title_named"),
        ]

    def __str__(self) -> str:
        return self.title


class FilmCountry(models.Model):
    """A country of production: ISO 3166-1 alpha-2, with the former codes SU, DD, YU and CS."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="countries", db_index=False)
    code = models.CharField(max_length=2)
    position = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_film_country"
        constraints = [
            models.UniqueConstraint(fields=["film", "code"], name="film_country_once"),
            models.CheckConstraint(condition=Q(code__gte="AA", code__lte="ZZ"), name="film_country_code"),
        ]
        indexes = [models.Index(fields=["code", "film"], name="film_country_code_film")]

    def __str__(self) -> str:
        return self.code


class FilmLanguage(models.Model):
    """A language spoken in a film: BCP 47. ``zxx`` says that nobody speaks."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="languages", db_index=False)
    tag = models.CharField(max_length=35)
    position = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_film_language"
        constraints = [
            models.UniqueConstraint(fields=["film", "tag"], name="film_language_once"),
            models.CheckConstraint(condition=~Q(tag=""), name="film_language_tag"),
        ]
        indexes = [models.Index(fields=["tag", "film"], name="film_language_tag_film")]

    def __str__(self) -> str:
        return self.tag


class ExternalId(models.Model):
    """What another catalogue calls this film. One id names one film, and a film may have several."""

    class Scheme(models.TextChoices):
        WIKIDATA = "wikidata"
        IMDB = "imdb"
        TMDB = "tmdb"
        OWN = "own"

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="external_ids")
    scheme = models.CharField(max_length=8, choices=Scheme.choices)
    value = models.CharField(max_length=200)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_external_id"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="external_id_once"),
            models.CheckConstraint(
                condition=Q(scheme__in=["wikidata", "imdb", "tmdb", "own"]) & ~Q(value=""),
                name="external_id_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
