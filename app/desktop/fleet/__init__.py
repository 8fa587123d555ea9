"""The drivers of the day: who is on shift and who is not, and the editor of a shift."""
