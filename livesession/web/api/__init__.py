"""The API for programs, version 1; the console speaks it too."""
