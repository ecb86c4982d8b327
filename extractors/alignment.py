"""Which letters of a token each of its words covers.

The words of a token do not simply add up to it: للقوات is ل + القوات, مما is من + ما, مدرسته is مدرسة + ه.
The letters are aligned at the least cost, in order; a letter that no word has goes to the word before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

#: Letters that change into one another where a clitic joins: ة/ت, ى/ي/ا, hamza seats.
_ALIKE = ("ةته", "ىياآأإ", "ءؤئأآ")
_SKIP, _INSERT, _CHANGE, _SIMILAR = 1.0, 0.8, 1.2, 0.3
#: An expansion whose letters differ from the token by more than this share is not believed.
MAX_DIFFERENCE = 0.45


@lru_cache(maxsize=100_000)
def align(token: str, pieces: tuple[str, ...]) -> tuple[tuple[int, int], ...] | None:
    """The range in `token` of each piece, in order, together covering all of it; None where they do not fit.

    Ranges do not overlap, except that a piece none of whose letters is written shares the letter next to it.
    """
    if not token or not pieces or not all(pieces):
        return None
    owner = [number for number, piece in enumerate(pieces) for _ in piece]
    cost, owners = _owners(token, "".join(pieces), owner)
    if cost > MAX_DIFFERENCE * max(len(token), len(owner)):
        return None
    return tuple(_ranges(owners, len(pieces)))


def _owners(token: str, letters: str, owner: Sequence[int]) -> tuple[float, list[int]]:
    """The cost of the best alignment, and for each letter of the token the piece it belongs to."""
    rows, columns = len(token), len(letters)
    cost = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(1, rows + 1):
        cost[row][0] = row * _SKIP
    for column in range(1, columns + 1):
        cost[0][column] = column * _INSERT
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            cost[row][column] = min(
                cost[row - 1][column - 1] + _change(token[row - 1], letters[column - 1]),
                cost[row - 1][column] + _SKIP,
                cost[row][column - 1] + _INSERT,
            )
    owners: list[int | None] = [None] * rows
    row, column = rows, columns
    while row:
        here = cost[row][column]
        if column and here == cost[row - 1][column - 1] + _change(token[row - 1], letters[column - 1]):
            row, column = row - 1, column - 1
            owners[row] = owner[column]
        elif here == cost[row - 1][column] + _SKIP:
            row -= 1
        else:
            column -= 1
    known = next((o for o in owners if o is not None), 0)
    filled: list[int] = []
    for found in owners:
        known = known if found is None else found
        filled.append(known)
    return cost[rows][columns], filled


def _change(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _SIMILAR if any(one in alike and other in alike for alike in _ALIKE) else _CHANGE


def _ranges(owners: Sequence[int], count: int) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for piece in range(count):
        held = [position for position, owner in enumerate(owners) if owner == piece]
        if held:
            ranges.append((held[0], held[-1] + 1))
        else:  # nothing of it is written: it shares the letter next to it
            last = ranges[-1][1] - 1 if ranges else 0
            ranges.append((last, last + 1))
    return ranges
