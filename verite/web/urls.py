"""Every page of the site by its address."""

from django.urls import path

from verite.web import assets

urlpatterns = [
    path("static/<path:name>", assets.serve, name="static"),
]
