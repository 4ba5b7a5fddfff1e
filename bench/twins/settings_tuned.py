"""Only the middleware that the page needs, Jinja2, no cache."""

from verite.project.settings import *  # noqa: F403

MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # it will not start without; it does next to nothing
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": ["bench/twins/jinja2"],
        "OPTIONS": {"environment": "bench.twins.pages.environment"},
    }
]

ROOT_URLCONF = "bench.twins.urls"
