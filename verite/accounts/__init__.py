"""Participants: everyone who acts, as a member or as a guest."""
