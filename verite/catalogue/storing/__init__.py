"""Steps that actions share: films and names read and written many at a time, inside the action's transaction."""
