"""Addresses of the pages that lead to films."""

from django.urls import path

from verite.web.browsing import films, home, listings, search, texts

urlpatterns = [
    path("", home.home, name="home"),
    path("films/", films.browse, name="browse"),
    path("subjects/", listings.subjects, name="subjects"),
    path("subjects/<str:slug>/", listings.subject, name="subject"),
    path("people/<str:slug>/", listings.person, name="person"),
    path("years/", listings.years, name="years"),
    path("years/<int:year>/", listings.year, name="year"),
    path("collections/", listings.collections, name="collections"),
    path("collections/<str:slug>/", listings.collection, name="collection"),
    path("search/", search.search, name="search"),
    path("about/", texts.about, name="about"),
    path("feeds/", texts.feeds, name="feeds"),
]
