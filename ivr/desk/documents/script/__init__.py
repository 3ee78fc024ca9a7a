"""Everything that is said and texted, to be signed."""
