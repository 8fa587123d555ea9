"""A monkey at the desk: random acts, keys, drags and switches on the real window, to find what breaks it."""
