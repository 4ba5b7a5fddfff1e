"""Addresses of the pages that lead to films."""

from django.urls import path

import verite.core.routes  # noqa: F401 (it makes unicode_slug known)
from verite.web.browsing import films, home, listings, people, search, texts

urlpatterns = [
    path("", home.home, name="home"),
    path("films/", films.browse, name="browse"),
    path("subjects/", listings.subjects, name="subjects"),
    path("subjects/<unicode_slug:slug>/", listings.subject, name="subject"),
    path("people/<unicode_slug:slug>/", people.person, name="person"),
    path("people/<unicode_slug:slug>/member/", people.know_person, name="know_person"),
    path("years/", listings.years, name="years"),
    path("years/<int:year>/", listings.year, name="year"),
    path("collections/", listings.collections, name="collections"),
    path("collections/<unicode_slug:slug>/", listings.collection, name="collection"),
    path("search/", search.search, name="search"),
    path("about/", texts.about, name="about"),
    path("feeds/", texts.feeds, name="feeds"),
]
