"""The map: one page built once, then only messages over a channel."""
