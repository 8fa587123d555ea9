"""Versions of the day's plan: the tree of what was kept, and plans side by side."""
