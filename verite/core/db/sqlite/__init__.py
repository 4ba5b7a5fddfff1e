"""Django's SQLite engine as this site uses it (``ENGINE = "verite.core.db.sqlite"``)."""
