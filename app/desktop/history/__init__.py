"""The change history: every step with what it touched, and the way back to it."""
