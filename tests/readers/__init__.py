"""What each reader makes of small files of its format."""
