"""Measures the engine and its peers on the instances of the literature, each in its own convention."""
