"""Random texts of what terminals find hard to show."""

from hypothesis import strategies as st

# Signs that are wide, that have no width, that change others.
HARD = (
    "国土空间，。；：？！（）《》“”‘’——…·  　ab19e\u0301\u0323\u200b\u200d\u00ad\ufe0f\u20e3①Ωα☎❤\
\U0001f469\U0001f33e\U0001f3fd\U0001f1e8\U0001f1f3\U00020000ｶﾞ각\u1100\u1161\u0e33\u0600\u061c\u202e\
\x1b\x07\t\r"
)
TEXTS = st.text(st.one_of(st.sampled_from(HARD), st.characters(exclude_categories=["Cs"])))
