"""Which way rows count: links from sums, votes from words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.arithmetic.orientation import Link, orient


@pytest.mark.parametrize(
    ("links", "votes", "ways"),
    [
        ([Link(1, 2, 1)], {1: 1}, {1: 1, 2: 1}),
        ([Link(1, 2, -1)], {1: 1}, {1: 1, 2: -1}),
        ([Link(1, 2, -1)], {1: 1, 2: 4}, {1: -1, 2: 1}),
        ([Link(1, 2, 1)], {1: -1, 2: 1}, {1: 1, 2: 1}),  # nothing decides: as printed
        ([Link(1, 2, -1), Link(3, 4, -1), Link(2, 3, -1)], {4: -2}, {1: 1, 2: -1, 3: 1, 4: -1}),
        ([], {1: -1}, {}),
    ],
)
def test_rows_that_sums_tie_are_settled_together(
    links: list[Link], votes: dict[int, int], ways: dict[int, int]
) -> None:
    assert orient(links, votes) == ways


def test_rows_whose_links_contradict_each_other_are_not_told_in_whatever_order() -> None:
    torn = [Link(1, 2, 1), Link(2, 3, 1), Link(1, 3, -1)]
    for links in itertools.permutations([*torn, Link(4, 5, -1)]):
        assert orient(links, {1: 1, 4: 1}) == {4: 1, 5: -1}
    assert orient([*torn, Link(3, 4, 1)], {1: 1}) == {}


@given(
    ways=st.lists(st.sampled_from((1, -1)), min_size=2, max_size=8),
    pairs=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20),
)
def test_links_that_agree_are_all_kept(ways: list[int], pairs: list[tuple[int, int]]) -> None:
    links = [Link(a, b, ways[a] * ways[b]) for a, b in pairs if a < len(ways) > b and a != b]
    found = orient(links, {row: 2 * way for row, way in enumerate(ways)})
    assert all(found[row] == ways[row] for row in found)
