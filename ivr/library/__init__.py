"""What can be said: content files, loaded, measured and checked."""
