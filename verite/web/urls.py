"""Every page of the site by its address."""

from django.urls import include, path

import verite.core.routes  # noqa: F401 (it makes unicode_slug known)
from verite.web import assets, films, participants, rating

urlpatterns = [
    path("", include("verite.web.talk.urls")),
    path("static/<path:name>", assets.serve, name="static"),
    path("films/<unicode_slug:slug>/", films.film, name="film"),
    path("films/<unicode_slug:slug>/card.png", films.film_card, name="film_card"),
    path("films/<unicode_slug:slug>/rating/", rating.rate, name="rate"),
    path("accounts/", include("verite.web.account.urls")),
    path("me/", participants.me, name="me"),
    path("me/name/", participants.rename, name="rename"),
    path("members/<unicode_slug:slug>/", participants.member, name="member"),
    path("challenge/", participants.challenge, name="challenge"),
    path("", include("verite.web.following.urls")),
    path("", include("verite.web.browsing.urls")),
]
