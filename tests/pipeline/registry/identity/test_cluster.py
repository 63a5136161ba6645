from hypothesis import given
from hypothesis import strategies as st

from pipeline.registry.identity import Bond, Edge, Known, Verdict, cluster

IDS = [f"p{n}" for n in range(9)]
PAIRS = [(one, two) for one in IDS for two in IDS if one < two]


def edge_of(pair, score, sort):
    return Edge(*pair, score, sort)


edges = st.lists(
    st.builds(
        edge_of,
        st.sampled_from(PAIRS),
        st.sampled_from([0.5, 0.75, 0.8, 0.85, 0.9, 0.97]),
        st.sampled_from([Bond.SAME, Bond.SAME, Bond.SAME, Bond.OPEN, Bond.APART, Bond.FORBIDDEN]),
    ),
    unique_by=lambda edge: (edge.left, edge.right),
    max_size=20,
)
verdicts = st.lists(
    st.builds(lambda pair, same: Verdict(*pair, same=same), st.sampled_from(PAIRS), st.booleans()),
    unique_by=lambda verdict: (verdict.left, verdict.right),
    max_size=6,
)
facets = st.dictionaries(st.sampled_from(IDS), st.fixed_dictionaries({"inn": st.sampled_from(["1", "2"])}))
weights = st.dictionaries(st.sampled_from(IDS), st.integers(1, 9))


def component_of(found):
    return {one: number for number, component in enumerate(found.components) for one in component}


@given(edges, verdicts, facets, weights, st.randoms())
def test_the_order_of_the_inputs_does_not_matter(edges, verdicts, facets, weights, random):
    found = cluster(IDS, edges, verdicts, Known(facets, weights))
    ids = list(IDS)
    for items in (ids, edges, verdicts):
        random.shuffle(items)
    assert cluster(ids, edges, verdicts, Known(facets, weights)) == found
    assert sorted(one for component in found.components for one in component) == IDS


@given(edges, verdicts, facets, weights)
def test_what_no_edge_leaves_can_be_clustered_alone(edges, verdicts, facets, weights):
    found = cluster(IDS, edges, verdicts, Known(facets, weights))
    beyond = [f"q{n}" for n in range(9)]
    shift = dict(zip(IDS, beyond, strict=True))
    others = [Edge(shift[e.left], shift[e.right], e.score, e.bond) for e in edges]
    judged = [Verdict(shift[v.left], shift[v.right], v.same) for v in verdicts]
    both = cluster(
        [*IDS, *beyond],
        [*edges, *others],
        [*verdicts, *judged],
        Known(
            facets | {shift[one]: f for one, f in facets.items()},
            weights | {shift[one]: n for one, n in weights.items()},
        ),
    )
    assert [c for c in both.components if c[0] in IDS] == list(found.components)


@given(edges, verdicts, facets, weights)
def test_nothing_joins_what_is_known_to_be_different(edges, verdicts, facets, weights):
    found = cluster(IDS, edges, verdicts, Known(facets, weights))
    where = component_of(found)
    same = {(v.left, v.right) for v in verdicts if v.same}
    for verdict in verdicts:
        together = where[verdict.left] == where[verdict.right]
        if verdict.same:
            assert together or (verdict.left, verdict.right) in found.contradictions
        else:
            assert not together
    if not same:
        assert not any(e.bond is Bond.FORBIDDEN and where[e.left] == where[e.right] for e in edges)
        for component in found.components:
            assert len({facets[one]["inn"] for one in component if one in facets}) <= 1


def test_what_speaks_for_a_pair_that_is_kept_apart_is_reported():
    edges = [
        Edge("a", "b", 0.97, Bond.SAME),
        Edge("b", "c", 0.9, Bond.SAME),
        Edge("a", "c", 0.0, Bond.FORBIDDEN),
    ]
    found = cluster("abc", edges)
    assert found.components == (("a", "b"), ("c",))
    assert found.undecided == (("b", "c"),)


def test_a_name_that_fits_two_joins_neither():
    edges = [
        Edge("name", "one", 0.8, Bond.SAME),
        Edge("name", "two", 0.8, Bond.SAME),
        Edge("one", "two", 0.6, Bond.APART),
    ]
    assert len(cluster(["name", "one", "two"], edges).components) == 3
    assert len(cluster(["name", "one"], edges[:1]).components) == 1


def test_a_name_that_fits_two_is_that_of_the_better_known():
    edges = [
        Edge("name", "one", 0.8, Bond.SAME),
        Edge("name", "two", 0.8, Bond.SAME),
        Edge("one", "two", 0.6, Bond.APART),
    ]
    found = cluster(["name", "one", "two"], edges, (), Known(weights={"one": 5, "two": 2}))
    assert found.components == (("name", "one"), ("two",))


def test_a_judgement_beats_the_scores_and_contradictory_ones_are_told():
    edges = [Edge("a", "b", 0.0, Bond.FORBIDDEN)]
    assert cluster("ab", edges, [Verdict("a", "b", same=True)]).components == (("a", "b"),)
    judged = [Verdict("a", "b", same=True), Verdict("b", "c", same=True), Verdict("a", "c", same=False)]
    found = cluster("abc", [], judged)
    assert found.contradictions == (("b", "c"),)
    assert found.components == (("a", "b"), ("c",))
