"""Stock phrases: what a clerk says at every sitting, written once as templates and filled from where it stands."""
