from django.urls import path

from bench.twins import pages

urlpatterns = [
    path("films/<slug:slug>/", pages.film, name="film"),
    path("years/<int:year>/", pages.nowhere, name="year"),
    path("subjects/<slug:slug>/", pages.nowhere, name="subject"),
    path("people/<slug:slug>/", pages.nowhere, name="person"),
]
