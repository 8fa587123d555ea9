"""What the services need, as Protocols named by what they give; adapters implement them, services know nothing else."""
