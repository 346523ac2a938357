"""Where sentences end: in folded texts, and in texts as they are printed.

What is searched is folded, what is shown is not; both end where the other does. But folding
makes one quote of those that open and those that close, so that only a text as it is printed
tells that a quote after 。 opens the next sentence. Apart from `typography`, whose patterns
a search need not compile.
"""

from typing import Final

# Patterns: the end marks, and the quotes and brackets that close after them; or a line
# feed. The first is for millions of characters, and begins with one set and not with
# alternatives, so that `re` finds it fast. The other is compiled by every search that
# shows something, and has the shape that takes the least time for that.
FOLDED_END: Final = r"""[。!?;…\n](?:(?<!\n)[。!?;…]*["')》]*)?"""
PRINTED_END: Final = (
    "[。︒｡!︕﹗！?︖﹖？;\u037e︔﹔；…⋯︙]+"
    "[\"＂”〞〟」﹂』﹄｣'’＇)）︶﹚\\]］﹈】︼〕︺﹞〗︘〙〛》︾»›〉\u232a⟩⟫﹀]*|\n"
)
