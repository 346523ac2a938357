"""Relations between articles: citations, common text, differences.

References and their targets are in `citations`, similar articles in `likeness`, differing
sentences in `differences`, and new articles since a query was last run in `watches`.
"""
