"""Making and listing areas."""
