"""What the formula of standing promises, on any testimony."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.registry.belief.standing import Support, fading, standing, told

WEIGHTS = {"a.example": 0.3, "b.example": 0.6, "c.example": 0.6, "ria.ru": 0.9, "olsk.gov.ru": 0.95, "list": 1.0}
supports = st.builds(
    lambda source, confidence, words: Support(source, WEIGHTS[source], confidence, words),
    st.sampled_from(sorted(WEIGHTS)), st.floats(0, 1), st.sampled_from("абвгд"),
)  # fmt: skip
testimony = st.lists(supports, max_size=12)


@given(testimony, testimony, st.integers(0, 5000))
def test_a_standing_is_between_nothing_and_certainty(said, denied, days):
    assert 0 <= standing(said, denied, days) <= 1


@given(testimony, st.randoms())
def test_the_order_of_testimony_does_not_matter(said, random):
    shuffled = said.copy()
    random.shuffle(shuffled)
    assert abs(told(said) - told(shuffled)) < 1e-9


@given(testimony, st.floats(0, 1), st.floats(0, 1))
def test_another_independent_source_never_lowers_it(said, weight, confidence):
    more = Support("new.example", weight, confidence, "its own words")
    assert told([*said, more]) >= told(said) - 1e-9


@given(testimony, st.sampled_from(sorted(WEIGHTS)), st.floats(0, 1))
def test_another_text_of_a_source_never_lowers_it(said, source, confidence):
    more = Support(source, WEIGHTS[source], confidence, "its own words")
    assert told([*said, more]) >= told(said) - 1e-9


@given(testimony, testimony, supports)
def test_another_denial_never_lifts_it(said, denied, more):
    own = Support("new.example", more.weight, more.confidence, "its own words")
    assert standing(said, [*denied, own]) <= standing(said, denied) + 1e-6


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.sampled_from(sorted(WEIGHTS)))
def test_one_source_never_rises_above_its_weight(confidences, source):
    said = [Support(source, WEIGHTS[source], sure, str(number)) for number, sure in enumerate(confidences)]
    assert told(said) <= WEIGHTS[source] + 1e-9


@given(supports, st.lists(st.sampled_from(sorted(WEIGHTS)), max_size=6))
def test_copies_are_worth_no_more_than_the_best_of_them(said, sites):
    copies = [Support(site, WEIGHTS[site], said.confidence, said.words) for site in sites]
    best = max(copy.weight for copy in [said, *copies]) * said.confidence
    assert abs(told([said, *copies]) - best) < 1e-9


@given(st.integers(-10, 4000), st.integers(0, 4000))
def test_what_was_said_longer_ago_fades_more(days, more):
    assert fading(days + more) <= fading(days) <= 1
