"""The optimiser: engines behind the Planner port, in a child process."""
