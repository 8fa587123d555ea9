"""Why a stop is where it is or in no route, and what would help."""
