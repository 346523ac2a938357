"""HTML pages and their parts.

    elements      elements with escaped text; marked text
    whole_page    head, beginning and end; `style.css`, light, dark and for print
    hits          a hit; the numbers of matches
    facets        tables of facets
    link_targets  link targets: files, or the pages of `lsq serve`
    search_page   the page of one search, in one file

Pages need no script and load nothing from outside.
"""
