"""What citizens reach: pages, the thread three ways, the record, overlays, static files."""
