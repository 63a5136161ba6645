"""Clusters: industrial and other clusters that a text names, and never clusters in general.

A phrase around «кластер» is a name when it is quoted, has a proper adjective or a place, or stands in a list of names;
each way is a rule with its own name. Then the name's other mentions are found. Reads `doc.spans["places"]`.
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from extractors._clusters.again import echoes
from extractors._clusters.elliptic import shared
from extractors._clusters.found import Found
from extractors._clusters.listed import apposed, in_company
from extractors._clusters.naming import naming_rule, quote_around
from extractors._clusters.phrase import Phrase, phrases
from extractors._clusters.value import value_of
from extractors._confidence import confidence
from extractors._model import ClusterName, Kind, Mention
from extractors._quotes import quote_at


def extract(doc: Doc) -> Iterator[Mention]:
    """Give every mention of a particular cluster."""
    parsed = list(phrases(doc))
    if not parsed:
        return
    found = [cluster for phrase in parsed for cluster in _named(phrase)]
    rest = [phrase for phrase in parsed if not _covered(phrase, found)]
    found += in_company(doc, found, rest)
    rest = [phrase for phrase in rest if not _covered(phrase, found)]
    found = [_with_bracket(doc, cluster) for cluster in found]
    values = {id(cluster): value_of(doc, cluster) for cluster in found}
    for cluster in found:
        yield _mention(doc, (cluster.start, cluster.stop), values[id(cluster)], cluster.rule)
    for echo in echoes(doc, found, rest):
        yield _mention(doc, (echo.start, echo.stop), values[id(echo.of)], echo.rule)


def _with_bracket(doc: Doc, cluster: Found) -> Found:
    """Take a quoted name in brackets behind a cluster for its own: «Камский … кластер («Иннокам»)»."""
    opened = cluster.quote is None and doc[cluster.stop : cluster.stop + 1].text == "("
    quote = quote_at(doc, cluster.stop + 1) if opened else None
    return replace(cluster, quote=quote) if quote else cluster


def _named(phrase: Phrase) -> Iterator[Found]:
    several = tuple(shared(phrase))
    if phrase.plural or several:
        yield from several
        return
    cluster = apposed(phrase)
    if cluster is not None:
        yield cluster
        return
    rule = naming_rule(phrase)
    if rule is not None:
        yield Found(phrase.start, _stop(phrase, rule), rule, phrase, phrase.quote)


def _stop(phrase: Phrase, rule: str) -> int:
    if rule == "of_corporation":
        return phrase.owned_stop
    around = quote_around(phrase) if rule == "in_quotes" else None
    return around.stop - 1 if around else phrase.stop


def _covered(phrase: Phrase, found: list[Found]) -> bool:
    return any(f.start <= phrase.head < f.stop for f in found)


def _mention(doc: Doc, tokens: tuple[int, int], value: ClusterName, rule: str) -> Mention:
    span = doc[tokens[0] : tokens[1]]
    return Mention(Kind.CLUSTER, span.start_char, span.end_char, span.text, value, rule, confidence(Kind.CLUSTER, rule))
