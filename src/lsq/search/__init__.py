"""The second flow as code: a query → matches of an engine → reranked hits with snippets.

request    a search request, and how its query is parsed
rewrite    the query for the engine, with synonyms and official terms
expansion  which synonyms and official terms are added, and their weights
thesaurus/ everyday words and the official terms for them
tiers      groups of matches, the best first: by title, literally, by words
nearness   how close together the terms occur
rerank     sorts by tier, nearness and score, and scores the best again by their texts
searcher   puts the flow together
snippets/  the pieces of an article to show
explain    why an article matches or does not, and the parts of its score
hints/     suggestions when nothing is found
wording    text in a query that looks like an operator or a period
"""
