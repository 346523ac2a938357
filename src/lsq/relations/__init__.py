"""How articles relate: what they cite, what they share, and in what they differ.

References and their targets are in `citations`, what is alike in `likeness`, sentences
that differ in `differences`, and what is new since a query was last run in `watches`.
"""
