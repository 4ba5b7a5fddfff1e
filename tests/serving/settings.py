"""The site's own settings with a handful of views made for testing the server and the page cache."""

from verite.project.settings import *  # noqa: F403

ROOT_URLCONF = "tests.serving.views"
INSTALLED_APPS = ["django.contrib.contenttypes", "verite.core"]
AUTH_USER_MODEL = "auth.User"
MIDDLEWARE: list[str] = []
