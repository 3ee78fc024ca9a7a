"""Twilio, and the carriers that speak its language: all that is its own, and nothing else."""
