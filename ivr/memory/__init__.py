"""What is remembered of a caller, for seven days at most, under a keyed hash."""
