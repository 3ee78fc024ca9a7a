"""What is printed, drawn, kept elsewhere or signed: documents made from the content."""
