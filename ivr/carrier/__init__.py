"""The carrier (Twilio or one that speaks its language): TwiML out, signatures in."""
