"""Programs that make committed files; run by hand, and compared by tests."""
