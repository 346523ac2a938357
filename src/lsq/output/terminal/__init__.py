"""Hits and articles for people, at a terminal. The only room, with `progress`, that knows rich.

Of rich, only what turns a style into what a terminal understands: importing its console
takes 40 ms more, and it wraps at spaces, where Chinese is not to be wrapped.
"""
