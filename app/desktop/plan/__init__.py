"""Routes, stops, pool, proposals and moves."""
