"""What a person meant, by text or by speech, in any language. Everything it knows comes from content."""
