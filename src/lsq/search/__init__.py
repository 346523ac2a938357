"""The second flow as code: a query → matches of an engine → reranked hits with snippets.

searcher   puts the flow together
rerank     orders the best matches again, by their texts
thesaurus/ other words for those of a query, everyday and official
snippets/  what to show of an article
explain    why an article matches or does not, and how its score comes about
hints/     what would help when nothing is found
"""
