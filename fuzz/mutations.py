"""Bytes nearly like those that a target takes, as hypothesis draws them."""

from hypothesis import strategies as st


@st.composite
def mutations(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed, cut short, with bytes overwritten or repeated; or junk after its beginning."""
    seed = bytearray(draw(st.sampled_from(seeds)))
    place = draw(st.integers(0, len(seed) - 1))
    match draw(st.sampled_from(["cut", "overwritten", "repeated", "junk"])):
        case "cut":
            return bytes(seed[:place])
        case "overwritten":
            junk = draw(st.binary(min_size=1, max_size=8))
            return bytes(seed[:place] + junk + seed[place + len(junk) :])
        case "repeated":
            end = draw(st.integers(place, min(place + 64, len(seed))))
            times = draw(st.integers(2, 200))
            return bytes(seed[:place] + seed[place:end] * times + seed[end:])
        case _:
            return bytes(seed[:8]) + draw(st.binary(max_size=400))
