"""Twilio, and the carriers with the same API. Everything that is specific to them is here."""
