"""What is known of characters, shared by the packages that read, search and show texts."""
