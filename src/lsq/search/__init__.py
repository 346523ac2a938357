"""The second flow as code: a query → matches of an engine → reranked hits with snippets.

searcher   puts the flow together
tiers      what of an article answers the query: its title, a literal, words; the best first
nearness   how close together that stands
order      puts the matches in order by these, and by their scores
rerank     orders the best matches again, by their texts
understood what a request asks for, with other words where they help
thesaurus/ other words for those of a query, everyday and official
snippets/  what to show of an article
explain    why an article matches or does not, and how its score comes about
hints/     what would help when nothing is found
"""
