"""Every address of the site."""

from django.urls import include, path

urlpatterns = [
    # Every address before the one that is asked for takes a microsecond.
    path("", include("verite.web.urls")),
    path("", include("verite.api.urls")),
]

handler400 = "verite.web.browsing.errors.bad_request"
handler403 = "verite.web.browsing.errors.forbidden"
handler404 = "verite.web.browsing.errors.not_found"
handler429 = "verite.web.account.views.too_many"
handler500 = "verite.web.browsing.errors.broken"
