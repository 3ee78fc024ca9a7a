"""What a person meant, by text or speech, in any language. All that it knows comes from content."""
