"""Addresses for machines."""

from django.urls import include, path

import verite.core.routes  # noqa: F401 (it makes row_id and unicode_slug known)
from verite.api import feeds, health, robots, sitemap, talk_feeds

urlpatterns = [
    path("feeds/site.atom", feeds.site, name="site_feed"),
    path("films/feed.atom", feeds.films, name="films_feed"),
    path("subjects/<unicode_slug:slug>/feed.atom", feeds.subject, name="subject_feed"),
    path("people/<unicode_slug:slug>/feed.atom", feeds.person, name="person_feed"),
    path("collections/<unicode_slug:slug>/feed.atom", feeds.collection, name="collection_feed"),
    path("feeds/comments.atom", talk_feeds.site, name="comments_feed"),
    path("films/<unicode_slug:slug>/discussion/feed.atom", talk_feeds.film, name="talk_feed"),
    path("comments/<row_id:comment_id>/feed.atom", talk_feeds.thread, name="thread_feed"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap/pages.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemap/films-<int:piece>.xml", sitemap.films, name="sitemap_films"),
    path("sitemap/people-<int:piece>.xml", sitemap.people, name="sitemap_people"),
    path("robots.txt", robots.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("verite.api.v1.urls")),
]
