"""Count what a query finds: its occurrences in context, over time, by facets, beside words.

Whatever is counted is an occurrence as `lsq search -o` prints it (`occurrences`), so that
every number can be checked by a search.
"""
