"""The timeline: a row a driver, the day from left to right."""
