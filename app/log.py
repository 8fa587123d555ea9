"""Named loggers and the redaction of what is private."""
