"""Agendas in: one reader per input format, every oddity reported with its place."""

from livesession.agendas.reading import Reading, read_agenda_form, read_agendas
from livesession.agendas.table_columns import CsvOptions

__all__ = ["CsvOptions", "Reading", "read_agenda_form", "read_agendas"]
