"""The record out: the log folded into one document, and one module per format that shows it."""
