"""Positions for a drawn graph, computed beforehand so that a page opens at rest and always alike.

The well-connected core is laid out by stress majorization: the distance on the page follows the number of
steps between two nodes (Gansner, Koren, North 2004: "Graph Drawing by Stress Majorization"; weights 1/d²).
Nodes beyond the core stand in a spiral round the neighbour that they hang on. Connected components are
laid out one by one and packed like pieces of a puzzle. Everything is deterministic: no random start, order
by id.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Positions = dict[str, tuple[int, int]]
Array = NDArray[np.float64]
Cell = tuple[int, int]

CORE_LIMIT = 360
"""Nodes of a component that are laid out by stress; its cost grows with the cube."""

EDGE_LENGTH = 220.0
"""Pixels between two neighbours where there is room."""

CELL = 70
"""Pixels of a side of a cell, the grain in which components are packed."""

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
OVERLAP_ROUNDS = 120
OVERLAP_WORK = 4_000_000
OVERLAP_LIMIT = 700
PAGE_RATIO = 1.2
"""Width to height of the part of a page that shows the graph."""


def positions(
    nodes: Iterable[str], edges: Iterable[tuple[str, str]], sizes: Mapping[str, tuple[float, float]]
) -> Positions:
    """Pixel positions (x to the right, y down, centred on 0,0) for every node.

    `sizes` gives the width and height in pixels that a node takes with its label; nodes are pushed
    apart until these boxes no longer overlap.
    """
    network: nx.Graph = nx.Graph()
    network.add_nodes_from(sorted(set(nodes)))
    network.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in edges if a != b))
    parts = sorted((sorted(part) for part in nx.connected_components(network)), key=lambda p: (-len(p), p[0]))
    blocks = [(part, _component(network, part, sizes)) for part in parts]
    return _packed(network, blocks, sizes)


def _component(network: nx.Graph, part: Sequence[str], sizes: Mapping[str, tuple[float, float]]) -> Array:
    """Points of one connected component, in the order of `part`."""
    if len(part) == 1:
        return np.zeros((1, 2))
    core = _core(network, part)
    placed = dict(zip(core, _stress(network, core), strict=True))
    _hang(network, part, placed)
    points = _landscape(np.array([placed[node] for node in part]))
    if len(part) <= OVERLAP_LIMIT:
        points = _apart(points, np.array([sizes[node] for node in part]))
    return points


def _core(network: nx.Graph, part: Sequence[str]) -> list[str]:
    """At most CORE_LIMIT nodes that hang together, grown from the node with most neighbours."""
    if len(part) <= CORE_LIMIT:
        return list(part)
    degree = dict(network.degree(part))
    start = min(part, key=lambda node: (-degree[node], node))
    core, border = {start}, set(network[start])
    while border and len(core) < CORE_LIMIT:
        best = min(border, key=lambda node: (-degree[node], node))
        core.add(best)
        border |= set(network[best])
        border -= core
    return sorted(core)


def _stress(network: nx.Graph, core: Sequence[str]) -> Array:
    distance = _steps(nx.to_numpy_array(network.subgraph(core), nodelist=core, weight=None))
    points = _classical_scaling(distance)
    weights = 1.0 / np.where(distance > 0, distance, 1.0) ** 2
    np.fill_diagonal(weights, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    # the pseudo-inverse of a connected graph's Laplacian, without its singular value decomposition
    inverse = np.linalg.inv(laplacian + 1.0 / len(core)) - 1.0 / len(core)
    last = math.inf
    enough = 1e-4 if len(core) < 120 else 1e-3
    for _ in range(200):
        lengths = (points**2).sum(axis=1)
        apart = np.sqrt(np.maximum(lengths[:, None] + lengths[None, :] - 2 * points @ points.T, 0.0))
        stress = float((weights * (distance - apart) ** 2).sum())
        if last - stress < enough * stress:
            break
        last = stress
        ratio = weights * distance / np.maximum(apart, 1e-9)
        np.fill_diagonal(ratio, 0.0)
        points = inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ points)
    return np.asarray(points * EDGE_LENGTH * max(1.0, math.sqrt(len(core) / 60)))


def _steps(adjacent: Array) -> Array:
    """The number of steps between each two nodes of a connected graph, by rounds of neighbours."""
    reached = adjacent + np.eye(len(adjacent)) > 0
    distance = np.where(reached, adjacent > 0, len(adjacent)).astype(float)
    round_ = 1
    while not reached.all():
        round_ += 1
        wider = reached @ adjacent > 0
        distance[wider & ~reached] = round_
        reached |= wider
    np.fill_diagonal(distance, 0.0)
    return np.asarray(distance)


def _classical_scaling(distance: Array) -> Array:
    """A start: the two main axes of the distances, nudged so that no two nodes coincide."""
    count = len(distance)
    centring = np.eye(count) - 1.0 / count
    values, vectors = np.linalg.eigh(-0.5 * centring @ distance**2 @ centring)
    axes = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1e-6))
    signs = np.where(axes[np.abs(axes).argmax(axis=0), range(2)] < 0, -1.0, 1.0)
    angles = np.arange(count) * GOLDEN_ANGLE
    return np.asarray(axes * signs + 0.08 * np.column_stack((np.cos(angles), np.sin(angles))))


def _hang(network: nx.Graph, part: Sequence[str], placed: dict[str, Array]) -> None:
    """Set the nodes beyond the core in a spiral round their best-connected placed neighbour."""
    waiting = [node for node in part if node not in placed]
    hung: dict[str, int] = {}
    while waiting:
        later = []
        anchors = {}
        for node in waiting:
            near = [n for n in network[node] if n in placed]
            if near:
                anchors[node] = min(near, key=lambda n: (-network.degree(n), n))
            else:
                later.append(node)
        for node, anchor in anchors.items():
            hung[anchor] = turn = hung.get(anchor, 0) + 1
            reach = 0.42 * EDGE_LENGTH * math.sqrt(turn) + 40
            angle = turn * GOLDEN_ANGLE
            placed[node] = placed[anchor] + reach * np.array([math.cos(angle), math.sin(angle)])
        waiting = later


def _landscape(points: Array) -> Array:
    """Turned so that the longer axis lies flat: screens are wider than high."""
    centred = points - points.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1]
    signs = np.where(axes[np.abs(axes).argmax(axis=0), range(2)] < 0, -1.0, 1.0)
    return np.asarray(centred @ (axes * signs))


def _apart(points: Array, boxes: Array) -> Array:
    """Nodes pushed along the shorter way out until their boxes no longer overlap."""
    need = (boxes[:, None, :] + boxes[None, :, :]) / 2
    for _ in range(min(OVERLAP_ROUNDS, OVERLAP_WORK // len(points) ** 2)):
        gap = points[:, None, :] - points[None, :, :]
        over = need - np.abs(gap)
        clash: NDArray[np.bool_] = np.logical_and(over[:, :, 0] > 0, over[:, :, 1] > 0)
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        sideways = over[:, :, 0] < over[:, :, 1]
        push = np.where(np.stack((sideways, ~sideways), axis=2), over, 0.0) * clash[:, :, None]
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
        way = np.where(gap != 0, np.sign(gap), order[:, :, None])
        points = points + 0.26 * (push * way).sum(axis=1)
    return points


def _packed(
    network: nx.Graph,
    blocks: Sequence[tuple[Sequence[str], Array]],
    sizes: Mapping[str, tuple[float, float]],
) -> Positions:
    """Components side by side like pieces of a puzzle: each in the nearest free room round the first.

    The page is a grid of cells; a component covers the cells under its boxes and edges (Freivalds and
    others 2001: "Disconnected graph layout and the polyomino packing approach").
    """
    taken: set[Cell] = set()
    placed: dict[str, Array] = {}
    spots = _outward()
    for part, points in blocks:
        centred = points - (points.min(axis=0) + points.max(axis=0)) / 2
        cells = _cells(network, part, centred, sizes)
        # where one lone node found no room the next will not either: go on from there
        for spot in spots if len(part) == 1 else _outward():
            moved = {(x + spot[0], y + spot[1]) for x, y in cells}
            if taken.isdisjoint(moved):
                taken |= moved
                break
        for node, point in zip(part, centred, strict=True):
            placed[node] = point + CELL * np.array(spot)
    if not placed:
        return {}
    spread = np.array(list(placed.values()))
    middle = (spread.min(axis=0) + spread.max(axis=0)) / 2
    return {
        node: (round(float(p[0] - middle[0])), round(float(p[1] - middle[1]))) for node, p in placed.items()
    }


def _outward() -> Iterator[Cell]:
    """Cells in rings round the middle, each ring as wide as the page is, the nearest of a ring first."""
    yield (0, 0)
    for ring in itertools.count(1):
        wide = round(ring * PAGE_RATIO)
        border = [(x, y) for x in range(-wide, wide + 1) for y in (-ring, ring)]
        border += [(x, y) for x in (-wide, wide) for y in range(-ring + 1, ring)]
        yield from sorted(border, key=lambda cell: (cell[0] ** 2 + cell[1] ** 2, -cell[1], cell[0]))


def _cells(
    network: nx.Graph, part: Sequence[str], points: Array, sizes: Mapping[str, tuple[float, float]]
) -> set[Cell]:
    covered: set[Cell] = set()
    where = dict(zip(part, points, strict=True))
    for node, (x, y) in where.items():
        width, height = sizes[node]
        left, right = math.floor((x - width / 2) / CELL), math.floor((x + width / 2) / CELL)
        top, bottom = math.floor((y - height / 2) / CELL), math.floor((y + height / 2) / CELL)
        covered |= {(i, j) for i in range(left, right + 1) for j in range(top, bottom + 1)}
    for a, b in network.subgraph(part).edges:
        steps = max(2, round(float(np.linalg.norm(where[a] - where[b])) / CELL))
        for step in range(1, steps):
            x, y = where[a] + (where[b] - where[a]) * step / steps
            covered.add((math.floor(x / CELL), math.floor(y / CELL)))
    return covered
