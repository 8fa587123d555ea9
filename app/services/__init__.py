"""What can be done: commands, handlers, policies, queries, and the ports that they need."""
