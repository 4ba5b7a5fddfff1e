"""Signing in and out, and one's own account: django-allauth's flows, in our pages and words."""
