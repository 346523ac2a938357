"""The second flow as code: a query → matches of an engine → reranked hits with snippets.

searcher   puts the flow together
tiers      how an article matches: by its title, literally, by words; the best first
nearness   how close together the terms occur
rerank     orders matches by these and by their scores, the best again by their texts
understood the query for the engine, with synonyms where they help
thesaurus/ other words for those of a query, everyday and official
snippets/  what to show of an article
explain    why an article matches or does not, and how its score comes about
hints/     suggestions when nothing is found
wording    what in a query may not be meant as text: operators of others, periods
"""
