"""How well and how fast lsq does its work; run from the repository, never installed."""
