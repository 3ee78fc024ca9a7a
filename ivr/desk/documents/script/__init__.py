"""All that is said and texted, to be signed."""
