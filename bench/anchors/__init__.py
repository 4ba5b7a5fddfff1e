"""How surely and how fast notes find their words again when a review is edited."""
