"""What `check` prints, and how long segments last as audio."""
