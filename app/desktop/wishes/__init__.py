"""Wishes beside a cheap plan: sliders whose effect is seen before anything changes."""
