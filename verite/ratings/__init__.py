"""Ratings of films, from 1 to 10, and the counts from which their mean is shown."""
