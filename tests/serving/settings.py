"""The site's own settings, with views made for trying the server and the page cache."""

from verite.project.settings import *  # noqa: F403

ROOT_URLCONF = "tests.serving.views"
INSTALLED_APPS = ["django.contrib.contenttypes", "verite.core"]
AUTH_USER_MODEL = "auth.User"
MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware", "django.middleware.common.CommonMiddleware"]
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
