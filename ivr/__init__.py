"""An accessible phone and text information line: what is said lives in content/, how it is said here."""
