"""The jobs of the background: what runs, what came of it."""
