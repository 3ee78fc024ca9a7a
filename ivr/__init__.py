"""An accessible phone and text information line: what is said lives in content/, how it is said here."""

__version__ = "0.1.0"
