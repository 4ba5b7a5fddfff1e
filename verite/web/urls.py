"""Every page of the site by its address."""

from django.urls import include, path

from verite.web import assets, films

urlpatterns = [
    path("static/<path:name>", assets.serve, name="static"),
    path("films/<str:slug>/", films.film, name="film"),
    path("films/<str:slug>/card.png", films.film_card, name="film_card"),
    path("", include("verite.web.browsing.urls")),
]
