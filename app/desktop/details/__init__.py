"""What is known of one order."""
