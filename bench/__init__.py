"""Benchmarks: ``python -m bench``. Every ratio compares measurements of one run on one machine."""
