"""The tuned twin in Django's own templates, for a page that shows what is the reader's own."""

from bench.twins.settings_tuned import *  # noqa: F403
from bench.twins.settings_tuned import MIDDLEWARE

MIDDLEWARE = ["verite.web.guests.RemembersGuests", *MIDDLEWARE]  # it has to know who reads

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": ["bench/twins/templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
