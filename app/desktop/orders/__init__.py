"""The order table and the import of files."""
