"""The motifs: each takes dice and returns one drawing, its subject within 240 units of its focus."""
