"""Who asked for no more texts."""
