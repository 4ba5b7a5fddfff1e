"""Answers for programs: feeds, sitemap, health; later the JSON API."""
