"""Every address of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("verite.api.urls")),
    path("", include("verite.web.urls")),
]

handler400 = "verite.web.browsing.errors.bad_request"
handler403 = "verite.web.browsing.errors.forbidden"
handler404 = "verite.web.browsing.errors.not_found"
handler429 = "verite.web.account.views.too_many"
handler500 = "verite.web.browsing.errors.broken"
