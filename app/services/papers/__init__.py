"""The papers of a day as values: what drivers, loaders and the depot are handed, and what has changed since it was printed."""
