"""Dragging orders: the card with live prices, where what is dragged would go, and what happens when it is let go."""
