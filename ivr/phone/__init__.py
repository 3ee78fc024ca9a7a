"""A phone for development and tests that reaches the line over HTTP only, as the outside world does. Not deployed."""
