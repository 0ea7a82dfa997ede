"""What pages are made of: words, buttons, fields, surfaces and painted marks, all named for a screen reader."""
