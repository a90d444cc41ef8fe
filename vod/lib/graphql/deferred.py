"""Batched loading under synchronous execution.

graphql-core gathers unfinished fields through asyncio, whose running loop makes Django's ORM refuse to
work. Here the same coroutines are driven by hand instead: a resolver returns a `Deferred`, execution
goes as far as it can, all loaders with waiting keys run once each, and everything is resumed. So a page
costs one query per kind of thing, however many things it shows, without a loop and in one thread.
"""

from collections.abc import Callable, Coroutine, Generator, Hashable, Iterable, Sequence
from inspect import isawaitable
from typing import Any, Generic, TypeVar, cast

from graphql import ExecutionContext, GraphQLError, GraphQLList, GraphQLObjectType, GraphQLOutputType
from graphql.error import located_error
from graphql.language import FieldNode
from graphql.pyutils import AwaitableOrValue, Path, Undefined, is_iterable
from graphql.type import GraphQLResolveInfo

from vod.lib.graphql.leaves import Leaf, leaves

_PLAIN = frozenset({str, int, float, bool, type(None)})
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Deferred(Generic[V]):
    """A value that a loader has yet to bring. `then` maps it without waiting."""

    def __init__(self) -> None:
        self._done = False
        self._value: V | None = None
        self._error: Exception | None = None

    def settle(self, value: V) -> None:
        self._done, self._value = True, value

    def fail(self, error: Exception) -> None:
        self._done, self._error = True, error

    def __await__(self) -> Generator[None, None, V]:
        while not self._done:
            yield
        if self._error is not None:
            raise self._error
        return cast(V, self._value)

    def then(self, change: Callable[[V], Any]) -> Any:
        """`change(value)`, or a coroutine of it while there is none; `change` may itself return something unfinished."""
        if self._done and self._error is None:
            return change(cast(V, self._value))

        async def changed() -> Any:
            result = change(await self)
            return await result if isawaitable(result) else result

        return changed()


class Loader(Generic[K, V]):
    """Loads by key in batches and remembers, for one request. Subclasses are named ThingByKey.

    Loaders of a later `wave` wait until nothing waits for an earlier one: what is shown of rows is asked for once all
    rows are there, wherever on the page they stand.
    """

    wave = 0

    def __init__(self, context: "LoaderContext") -> None:
        self.context = context
        self._known: dict[K, Deferred[V]] = {}
        self._waiting: list[K] = []

    def load(self, key: K) -> Deferred[V]:
        """The value for `key`, fetched together with everything else that is asked for by then."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Deferred()
            self._waiting.append(key)
            self._load_with(key)
        return known

    @property
    def is_waiting(self) -> bool:
        return bool(self._waiting)

    def peers(self, key: K) -> Sequence[K]:
        """Keys that will be asked for beside `key`, as far as somebody said so."""
        return self.context.peers_of(key)

    def _load_with(self, key: K) -> None:
        peers = self.peers(key)
        if peers:
            new = [other for other in peers if other not in self._known]
            self._known.update((other, Deferred()) for other in new)
            self._waiting += new
            self.dispatch()

    def prime(self, key: K, value: V) -> None:
        """Remembers a value that came along with something else."""
        if key not in self._known:
            known: Deferred[V] = Deferred()
            known.settle(value)
            self._known[key] = known

    def batch(self, keys: Sequence[K]) -> Sequence[V]:
        """The values in the order of `keys`. To be written by each loader."""
        raise TypeError(f"{type(self).__name__} has no batch method")

    def dispatch(self) -> bool:
        """Runs one batch of what waits; False where nothing did."""
        keys, self._waiting = self._waiting, []
        if not keys:
            return False
        try:
            values = self.batch(keys)
        except Exception as error:  # noqa: BLE001 - handed on to every field that waits for it
            for key in keys:
                self._known[key].fail(error)
            return True
        if len(values) != len(keys):
            raise RuntimeError(f"{type(self).__name__} answered {len(values)} values for {len(keys)} keys")
        for key, value in zip(keys, values, strict=True):
            self._known[key].settle(value)
        return True


class LoaderContext:
    """The loaders of one request, one of each class."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self._loaders: dict[type[Loader[Any, Any]], Loader[Any, Any]] = {}
        self._peers: dict[Any, Sequence[Any]] = {}

    def get(self, kind: type[Loader[K, V]]) -> Loader[K, V]:
        loader = self._loaders.get(kind)
        if loader is None:
            loader = self._loaders[kind] = kind(self)
        return loader

    def together(self, keys: Sequence[Any]) -> None:
        """Says that these rows are a whole page's: what is asked of one is then loaded for all, at once.

        That spares each of them a coroutine. Not for pages that show several lists: each would cost its own statements.
        """
        self._peers.update(dict.fromkeys(keys, keys))

    def peers_of(self, key: Any) -> Sequence[Any]:
        return self._peers.get(key, ())

    def dispatch(self) -> bool:
        """Runs the loaders of the first wave that has keys waiting; False where none had."""
        waiting = [loader for loader in self._loaders.values() if loader.is_waiting]
        first = min((loader.wave for loader in waiting), default=0)
        ran = [loader.dispatch() for loader in waiting if loader.wave == first]
        return any(ran)


def drive(work: Coroutine[None, None, V], context: LoaderContext) -> V:
    """Runs `work` to its end, dispatching loaders whenever everything waits."""
    while True:
        try:
            work.send(None)
        except StopIteration as end:
            return cast(V, end.value)
        if not context.dispatch():
            work.close()
            raise RuntimeError("a field waits for something that no loader brings")


async def _all(unfinished: Iterable[Any]) -> list[Any]:
    """Results of several coroutines, each advanced as far as it goes before any loader runs."""
    works = [_as_coroutine(item) for item in unfinished]
    results: list[Any] = [None] * len(works)
    open_ones = list(enumerate(works))
    try:
        while open_ones:
            still_open = []
            for index, work in open_ones:
                try:
                    work.send(None)
                    still_open.append((index, work))
                except StopIteration as end:
                    results[index] = end.value
            open_ones = still_open
            if open_ones:
                await _Pause()
    finally:
        for _, work in open_ones:
            work.close()
    return results


class _Pause:
    def __await__(self) -> Generator[None, None, None]:
        yield


async def _finish(item: Any) -> Any:
    return await item


def _as_coroutine(item: Any) -> Coroutine[None, None, Any]:
    return item if isinstance(item, Coroutine) else _finish(item)


class DeferredExecutionContext(ExecutionContext):
    """Execution whose fields may be Deferred; replaces the two places where graphql-core uses asyncio."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By the identity of what is selected, which is kept beside it so that it stays the same.
        self._leaves: dict[int, tuple[dict[str, list[FieldNode]], dict[str, Leaf]]] = {}

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        fields: dict[str, list[FieldNode]],
    ) -> AwaitableOrValue[dict[str, Any]]:
        known = self._leaves.get(id(fields))
        if known is None:
            known = self._leaves[id(fields)] = (fields, leaves(self, parent_type, path, fields))
        ready = known[1]
        results: dict[str, Any] = {}
        unfinished = []
        for name, nodes in fields.items():
            leaf = ready.get(name)
            if leaf is not None:
                result = self._execute_leaf(leaf, source_value, nodes, path, name)
            else:
                field_path = Path(path, name, parent_type.name)
                result = self.execute_field(parent_type, source_value, nodes, field_path)
                if result is Undefined:
                    continue
            results[name] = result
            # Most are plain words and numbers, which need not be asked.
            if type(result) not in _PLAIN and self.is_awaitable(result):
                unfinished.append(name)
        if not unfinished:
            return results

        async def finish() -> dict[str, Any]:
            results.update(zip(unfinished, await _all([results[name] for name in unfinished]), strict=True))
            return results

        return finish()

    def _execute_leaf(
        self, leaf: Leaf, source: Any, nodes: list[FieldNode], path: Path | None, name: str
    ) -> Any:
        """What `execute_field` would answer. The place in the answer is only made where something has to be said of it."""

        def place() -> Path:
            return Path(path, name, leaf.info.parent_type.name)

        def refuse(raw: Exception) -> None:
            self.handle_field_error(located_error(raw, nodes, place().as_list()), leaf.type, place())

        async def finish(waiting: Any) -> Any:
            try:
                return self.complete_value(leaf.type, nodes, leaf.info, place(), await waiting)
            except Exception as raw:  # noqa: BLE001 - becomes a located GraphQL error
                return refuse(raw)

        try:
            value = leaf.resolve(source, leaf.info, **leaf.arguments)
            if value is None and not leaf.is_required:
                return None
            if type(value) in _PLAIN and value is not None:
                served = leaf.serialize(value)
                if served is not None and served is not Undefined:
                    return served
            if self.is_awaitable(value):
                return finish(value)
            return self.complete_value(leaf.type, nodes, leaf.info, place(), value)
        except Exception as raw:  # noqa: BLE001 - becomes a located GraphQL error
            return refuse(raw)

    def complete_list_value(
        self,
        return_type: GraphQLList[GraphQLOutputType],
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> AwaitableOrValue[list[Any]]:
        if not is_iterable(result):
            raise GraphQLError(f"Expected a list for field '{info.parent_type.name}.{info.field_name}'.")
        item_type = return_type.of_type

        def refuse(raw: Exception, item_path: Path) -> None:
            self.handle_field_error(
                located_error(raw, field_nodes, item_path.as_list()), item_type, item_path
            )

        async def finish_item(item: Any, item_path: Path, *, complete: bool) -> Any:
            try:
                value = await item
                if complete:
                    value = self.complete_value(item_type, field_nodes, info, item_path, value)
                return await value if self.is_awaitable(value) else value
            except Exception as raw:  # noqa: BLE001 - becomes a located GraphQL error
                refuse(raw, item_path)
                return None

        completed: list[Any] = []
        for index, item in enumerate(result):
            item_path = path.add_key(index, None)
            if self.is_awaitable(item):
                completed.append(finish_item(item, item_path, complete=True))
                continue
            try:
                value = self.complete_value(item_type, field_nodes, info, item_path, item)
            except Exception as raw:  # noqa: BLE001 - becomes a located GraphQL error
                refuse(raw, item_path)
                value = None
            completed.append(
                finish_item(value, item_path, complete=False) if self.is_awaitable(value) else value
            )
        unfinished = [index for index, value in enumerate(completed) if self.is_awaitable(value)]
        if not unfinished:
            return completed

        async def finish() -> list[Any]:
            for index, value in zip(unfinished, await _all([completed[i] for i in unfinished]), strict=True):
                completed[index] = value
            return completed

        return finish()
