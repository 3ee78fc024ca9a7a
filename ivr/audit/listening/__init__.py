"""Whether people are understood, and what the line tells them to send."""
