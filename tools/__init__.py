"""What is made once and committed, and made again by hand; tests compare."""
