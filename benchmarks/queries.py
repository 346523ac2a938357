"""The queries that are timed, one of each kind that people ask."""

from typing import NamedTuple


class Query(NamedTuple):
    """A query, and what it is an example of."""

    kind: str
    text: str


QUERIES = (
    Query("chunk", "国土空间规划"),
    Query("literal, frequent", '"有下列情形之一的"'),
    Query("two chunks", "野生动物 保护区"),
    Query("word, in nearly all", "规定"),
    Query("word, rare", "诽谤"),
    Query("chunk, rare", "海南自由贸易港"),
    Query("chunk, a sentence", "公民的合法的私有财产不受侵犯"),
    Query("word, in nothing", "水葫芦"),
    Query("literal, rare", '"绿水青山就是金山银山"'),
    Query("literal, half words", '"民法院应"'),
    Query("literal, in nothing", '"量子计算机的采购"'),
    Query("three words", "公司 股东 诉讼"),
    Query("NOT", "野生动物 -保护区"),
    Query("OR", "碳达峰 OR 碳中和"),
)
