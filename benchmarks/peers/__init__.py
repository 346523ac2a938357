"""What people use instead of lsq, each as small as it can be and a program of its own.

They read the same files as plain UTF-8, repair nothing, and print the paths of their
hits, the best first, without snippets: less work than lsq does.
"""
