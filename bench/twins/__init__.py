"""The film page twice more: as an ordinary Django project writes it, and as a well-tuned one does.

Both read the site's own database through its own models, show the same facts, and are served by the same
server, so that a ratio says what the page's own way of being made is worth.
"""
