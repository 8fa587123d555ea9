"""What needs a person: the inbox, and the queue in which bad addresses are solved."""
