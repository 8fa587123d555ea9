"""The board: one column a driver, with the stops as cards."""
