"""Measure how well and how fast lsq works; run from the repository, never installed."""
