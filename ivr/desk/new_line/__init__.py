"""Creates a new line: a content folder that starts at once, made of neutral words and of what people say on any
line."""
