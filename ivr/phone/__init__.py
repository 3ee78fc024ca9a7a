"""The outside world: a phone that reaches the line over HTTP only. No part of what is deployed."""
