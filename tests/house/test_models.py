"""Tables: who may point at whom, and names that can never be changed later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.source import floors

Model = type[models.Model]


def our_models() -> list[Model]:
    return [model for model in apps.get_models() if model.__module__.startswith("verite.")]


def arrows_up(found: Iterable[Model]) -> Iterator[str]:
    floor = floors()
    for model, field, target in _relations(found):
        room, other = model._meta.app_label, target._meta.app_label
        if other in floor and room != other and floor[other] >= floor[room]:
            yield (
                f"{model.__name__}.{field.name} points from {room} up (or sideways) to {other}. A lower room must"
                f" not know a higher one: put the column on a table of {other} instead."
            )


def ways_back(found: Iterable[Model]) -> Iterator[str]:
    for model, field, target in _relations(found):
        if model._meta.app_label != target._meta.app_label and not field.remote_field.hidden:
            yield (
                f"{model.__name__}.{field.name} gives {target.__name__} a way back up into {model._meta.app_label}."
                ' Say related_name="+", and let a query of the upper room find its own rows.'
            )


def unnamed(found: Iterable[Model]) -> Iterator[str]:
    for model in found:
        for name in ("app_label", "db_table"):
            if name not in model._meta.original_attrs:
                yield (
                    f"{model.__name__} does not set Meta.{name}. Set it by hand: a model cannot move between"
                    " apps once its table has a name that Django made up."
                )


def _relations(found: Iterable[Model]) -> Iterator[tuple[Model, Any, Model]]:
    for model in found:
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation and field.concrete and field.related_model:
                yield model, field, field.related_model


def test_foreign_keys_point_down() -> None:
    assert not list(arrows_up(our_models()))


def test_a_lower_room_has_no_way_up_through_a_foreign_key() -> None:
    assert not list(ways_back(our_models()))


def test_app_and_table_are_named_by_hand() -> None:
    assert not list(unnamed(our_models()))


@isolate_apps("verite.catalogue", "verite.accounts")
def test_a_foreign_key_that_points_up_is_caught() -> None:
    class Rating(models.Model):
        class Meta:
            app_label = "ratings"
            db_table = "ratings_rating"

    class Poster(models.Model):
        rating = models.ForeignKey(Rating, models.CASCADE, related_name="+")

        class Meta:
            app_label = "catalogue"
            db_table = "catalogue_poster"

    class Talk(models.Model):
        rating = models.OneToOneField(Rating, models.CASCADE, related_name="+")

        class Meta:
            app_label = "discussion"
            db_table = "discussion_talk"

    upward, sideways = arrows_up([Rating, Poster, Talk])
    assert "Poster.rating points from catalogue" in upward
    assert "Talk.rating points from discussion" in sideways


@isolate_apps("verite.catalogue", "verite.accounts")
def test_a_way_back_is_caught() -> None:
    class Film(models.Model):
        class Meta:
            app_label = "catalogue"
            db_table = "catalogue_film"

    class Rating(models.Model):
        film = models.ForeignKey(Film, models.CASCADE)
        other_film = models.ForeignKey(Film, models.CASCADE, related_name="+")

        class Meta:
            app_label = "ratings"
            db_table = "ratings_rating"

    (fault,) = ways_back([Film, Rating])
    assert "Rating.film gives Film a way back" in fault


@isolate_apps("verite.catalogue")
def test_a_table_that_django_named_is_caught() -> None:
    class Film(models.Model):
        class Meta:
            app_label = "catalogue"

    (fault,) = unnamed([Film])
    assert "Film does not set Meta.db_table" in fault
