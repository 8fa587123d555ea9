"""Doorstep, a desktop dispatch console for last-mile delivery."""
