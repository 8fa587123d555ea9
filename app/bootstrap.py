"""Puts the program together: the only module that knows every adapter."""
