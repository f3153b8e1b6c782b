"""The demonstration: a council, stand-ins for the networks, and a sitting that plays by itself."""
