"""The domain of a sitting: pure facts and rules. No I/O, no clock, no randomness."""
