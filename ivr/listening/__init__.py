"""What a person meant, by text or by speech, in any language the line speaks. Pure: words come from content."""
