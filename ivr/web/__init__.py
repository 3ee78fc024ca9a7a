"""The webhooks: a form in, TwiML out."""
