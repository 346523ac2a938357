"""What no input may do, tried with inputs without end; run from the repository, never installed.

python -m fuzz docx --seconds 600
"""
