"""Imagined factories with one film: workers, speeds and slowdowns, driven by the real policy and the real promise."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from transcoding.models import ChunkPart
from transcoding.promise import (
    MARGIN,
    Costs,
    Film,
    Piece,
    costs_from,
    holds,
    next_part,
    ready_lowest,
    ready_whole,
)

LOW, ALL, REST = ChunkPart.LOW, ChunkPart.ALL, ChunkPart.REST


@dataclass
class Task:
    """A part of a piece that a worker is at."""

    number: int
    part: ChunkPart
    begun: float
    ends: float


@dataclass
class World:
    """`slowest` is by how much work may slow down once a promise is given; `may_split` lets the lowest rungs go first."""

    lengths: list[float]
    costs: Costs
    workers: int
    rng: random.Random
    may_split: bool = True
    slowest: float = MARGIN
    now: float = 0.0
    low: dict[int, float] = field(default_factory=dict)
    rest: dict[int, float] = field(default_factory=dict)
    split: set[int] = field(default_factory=set)
    tasks: list[Task] = field(default_factory=list)
    promised: float | None = None
    offered: float | None = None

    def run(self) -> World:
        """Until everything is made."""
        while len(self.rest) < len(self.lengths):
            while len(self.tasks) < self.workers and (task := self._claim()):
                self.tasks.append(task)
            done = min(self.tasks, key=lambda task: task.ends)
            self.tasks.remove(done)
            self.now = done.ends
            for made, parts in ((self.low, (LOW, ALL)), (self.rest, (REST, ALL))):
                if done.part in parts:
                    made[done.number] = self.now
            self._look()
        return self

    def stalls(self, ready: dict[int, float], begins: float) -> list[int]:
        """Pieces that were not there when a viewer who began at a moment came to them."""
        missed = []
        for number, length in enumerate(self.lengths):
            if ready[number] > begins:
                missed.append(number)
            begins += length
        return missed

    def _film(self) -> Film:
        pieces = []
        for number, length in enumerate(self.lengths):
            running = {
                task.part: (self.now - task.begun) / (task.ends - task.begun)
                for task in self.tasks
                if task.number == number
            }
            done = number in self.low, number in self.rest
            pieces.append(Piece(length, *done, split=number in self.split, running=running))
        return Film(tuple(pieces), self.costs, self.workers)

    def _claim(self) -> Task | None:
        held = {(task.number, task.part) for task in self.tasks}
        first = [n for n in range(len(self.lengths)) if n not in self.low and not {(n, LOW), (n, ALL)} & held]
        rest = [n for n in sorted(self.split) if n not in self.rest and (n, REST) not in held]
        if first and not (self.offered is not None and rest and rest[0] < first[0]):
            part = ALL
            if self.may_split:
                waited = None if self.promised is None else self.now - self.promised
                part = ALL if self.offered is not None else next_part(self._film(), first[0], waited=waited)
            if part == LOW:
                self.split.add(first[0])
            return self._task(first[0], part)
        return self._task(rest[0], REST) if rest else None

    def _task(self, number: int, part: ChunkPart) -> Task:
        # Only what comes after a promise is slower than was measured, by less than the margin.
        slower = 1.0 if self.promised is None else self.rng.uniform(0.8, self.slowest)
        return Task(number, part, self.now, self.now + self.costs.of(part) * self.lengths[number] * slower)

    def _look(self) -> None:
        film = self._film()
        if self.promised is None and holds(film.pieces, ready_lowest(film)):
            self.promised = self.now
        if self.promised is not None and self.offered is None:
            whole = ready_whole(film)
            waited = self.now - self.promised
            if holds(film.pieces, whole) and holds(film.pieces, whole, waited=waited):
                self.offered = self.now


def random_world(seed: int, *, may_split: bool = True, slowest: float = MARGIN) -> World:
    """A film of a minute to two hours, made by one to four workers at a tenth to ten times its length."""
    rng = random.Random(seed)
    count = rng.randint(3, 120)
    lengths = [4.0] + [rng.choice([24.0, 24.0, rng.uniform(16, 31)]) for _ in range(count)]
    workers = rng.randint(1, 4)
    cost = workers * 10 ** rng.uniform(-1, 1)
    costs = costs_from(cost, low_share=rng.uniform(0.05, 0.2))
    return World(lengths, costs, workers, rng, may_split, slowest)
