"""Whether people are understood, and whether what the line tells them to send works."""
