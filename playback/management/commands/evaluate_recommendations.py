"""``manage.py evaluate_recommendations FILE``: how well EASE, cosine and popularity foresee what people watch."""

import json
import time
from argparse import ArgumentParser
from math import isfinite
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

_WAYS = ("ease", "cosine", "popularity")


class Command(BaseCommand):
    """Recall@20 and NDCG@100 on people that nothing was learnt from. Needs no database."""

    help = (
        "Reads a file of user, item, time (commas or tabs, with or without names of columns) and prints Recall@20 and "
        "NDCG@100 on held-out users for EASE, and for cosine and popularity beside it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="who watched what, one event a line, in UTF-8")
        parser.add_argument(
            "--lambda",
            dest="lambdas",
            type=float,
            nargs="+",
            metavar="NUMBER",
            help="EASE's regularisation; of several the best on users kept for that (default: five times the mean number of items of a user)",
        )
        parser.add_argument(
            "--seed", type=int, default=98765, help="of the split; the same seed gives the same figures"
        )
        parser.add_argument(
            "--held-out",
            type=int,
            help="users held out for each of the two groups (default: a tenth, at most 10,000)",
        )
        parser.add_argument(
            "--most-items",
            type=int,
            help="items that EASE is made of, the most watched (default: 25,000; 4 bytes a pair)",
        )
        parser.add_argument(
            "--columns",
            help="what the columns are, such as user,item,rating,time (default: by their names or number)",
        )
        parser.add_argument("--least-rating", type=float, help="leave out what was rated lower")
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object, and progress to stderr alone"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        from playback.recommending import evaluating
        from playback.recommending.ease import MOST_TITLES
        from playback.recommending.events import NoEvents, read_events, views_of

        columns = _columns(options["columns"], rated=options["least_rating"] is not None)
        most = evaluating.MOST_ITEMS if options["most_items"] is None else options["most_items"]
        if not 1 <= most <= MOST_TITLES:
            raise CommandError(f"--most-items must be between 1 and {MOST_TITLES}.")
        if not all(isfinite(one) and one > 0 for one in options["lambdas"] or ()):
            raise CommandError("--lambda must be a positive number.")
        if options["seed"] < 0:
            raise CommandError("--seed must be 0 or more.")
        began = time.monotonic()
        try:
            events = read_events(
                options["file"],
                columns=columns,
                least_rating=options["least_rating"],
                progress=self._progress,
            )
            parts = evaluating.split(views_of(events), seed=options["seed"], held_out=options["held_out"])
            self._say(
                f"{events.lines} lines, {events.user_count} users, {events.item_count} items; learning from "
                f"{parts.training.shape[0]} users and {parts.training.shape[1]} items, judging by {parts.test[0].shape[0]} users"
            )
            for line in events.bad:
                self._say(f"line {line.number} is left out: {line.reason}")
            if events.bad_count > len(events.bad):
                self._say(f"and {events.bad_count - len(events.bad)} more lines that say nothing")
            chosen, figures = self._lambda(parts, options["lambdas"], most)
            ways = {
                "ease": lambda: evaluating.by_ease(parts.training, chosen, most=most),
                "cosine": lambda: evaluating.cosine(parts.training),
                "popularity": lambda: evaluating.popularity(parts.training),
            }
            found = {}
            for name in _WAYS:
                self._say(f"{name} …")
                found[name] = evaluating.judge(ways[name](), parts.test)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror or error}") from None
        except NoEvents as error:
            raise CommandError(str(error)) from None
        except ValueError as error:
            raise CommandError(f"This file cannot be evaluated: {error}.") from None
        except MemoryError:
            raise CommandError("There is not enough memory. --most-items makes it do with less.") from None
        facts = {
            "lines": events.lines,
            "bad_lines": events.bad_count,
            "users": events.user_count,
            "items": events.item_count,
            "training_users": parts.training.shape[0],
            "training_items": parts.training.shape[1],
            "held_out_users": parts.test[0].shape[0],
            "seed": options["seed"],
            "lambda": chosen,
            "validation_ndcg": {f"{one:g}": round(figure, 5) for one, figure in figures.items()},
            "seconds": round(time.monotonic() - began, 1),
        }
        self._print(facts, found, as_json=options["json"])

    def _lambda(self, parts: Any, lambdas: list[float] | None, most: int) -> tuple[float, dict[float, float]]:
        from playback.recommending import evaluating

        if not lambdas:
            return evaluating.usual_lambda(parts.training, most=most), {}
        if len(lambdas) == 1:
            return lambdas[0], {}
        self._say(f"choosing lambda among {len(lambdas)} …")
        return evaluating.best_lambda(parts, lambdas, most=most)

    def _print(self, facts: dict[str, Any], found: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            figures = {
                name: {
                    "recall@20": round(one.recall, 5),
                    "ndcg@100": round(one.ndcg, 5),
                    "recall@20_error": round(one.recall_error, 5),
                    "ndcg@100_error": round(one.ndcg_error, 5),
                    "users": one.people,
                }
                for name, one in found.items()
            }
            self.stdout.write(json.dumps({**facts, "methods": figures}))
            return
        self.stdout.write(f"{'':12}{'Recall@20':>18}{'NDCG@100':>18}")
        for name, one in found.items():
            recall = f"{one.recall:.4f} ± {one.recall_error:.4f}"
            ndcg = f"{one.ndcg:.4f} ± {one.ndcg_error:.4f}"
            self.stdout.write(f"{name:12}{recall:>18}{ndcg:>18}")
        self.stdout.write(
            f"lambda {facts['lambda']:g}, {facts['held_out_users']} held-out users, seed {facts['seed']}, "
            f"{facts['bad_lines']} lines left out, {facts['seconds']} s"
        )

    def _progress(self, done: int, total: int) -> None:
        self._say(f"read {100 * done // max(1, total)} %")

    def _say(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()


def _columns(given: str | None, *, rated: bool) -> tuple[str, ...] | None:
    if given is None:
        return None
    columns = tuple(one.strip() for one in given.split(","))
    if columns.count("user") != 1 or columns.count("item") != 1:
        raise CommandError("--columns must name user and item once each, such as user,item,time.")
    if rated and "rating" not in columns:
        raise CommandError("--least-rating needs a column named rating.")
    return columns
