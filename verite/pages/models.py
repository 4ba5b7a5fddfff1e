"""Texts about the site that its curators may replace."""

from django.db import models


class Page(models.Model):
    """A text such as "about" or "rules"; where no row stands, the shipped text is shown."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    markdown = models.TextField()
    html = models.TextField()
    sanitiser_version = models.PositiveSmallIntegerField()
    revised_at = models.DateTimeField()

    class Meta:
        app_label = "pages"
        db_table = "pages_page"

    def __str__(self) -> str:
        return self.title
