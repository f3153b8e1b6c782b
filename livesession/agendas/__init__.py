"""Agendas in: one reader per input format, every oddity reported with its place."""
