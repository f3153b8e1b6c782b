"""Outside networks: one module each, alike. Their client libraries are imported nowhere else."""
