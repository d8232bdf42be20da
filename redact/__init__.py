"""A sensitive-data redaction and disclosure gate for public records."""
