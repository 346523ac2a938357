"""Pages for a browser, and the pieces that they are made of.

    elements      their text is escaped; marked text
    whole_page    head, beginning and end; `style.css`, light, dark and for print
    hits          a hit, the headings of tiers, the numbers of matches
    facets        what the articles that match are
    link_targets  what pieces link to
    search_page   the page of one search, in one file

A page needs no script and nothing from outside. What a piece links to, a `Links` of its user
decides: files, or pages of another program.
"""
