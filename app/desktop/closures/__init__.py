"""Closures and slow roads: drawn, edited with their price beside them, listed, lifted; and what they do to the plan."""
