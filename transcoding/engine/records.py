"""Frozen dataclasses to plain JSON and back: fractions as "24000/1001", tuples as lists."""

from __future__ import annotations

import dataclasses
import types
import typing
from fractions import Fraction
from typing import Any, Self


class Record:
    """Base of the engine's frozen dataclasses.

    A field that JSON has of the wrong type raises ValueError, and so does one that it lacks, unless it has a default:
    that is how records that were stored before the field was thought of are read.
    """

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON: only dict, list, str, int, float, bool and None."""
        return {name: _plain(getattr(self, name)) for name in _hints(type(self))}

    @classmethod
    def from_json(cls, data: object) -> Self:
        """The record that ``to_json`` described."""
        if not isinstance(data, dict):
            raise ValueError(f"{cls.__name__} is not an object")
        values = {}
        optional = _optional(cls)
        for name, hint in _hints(cls).items():
            if name not in data:
                if name in optional:
                    continue
                raise ValueError(f"{cls.__name__} lacks {name}")
            values[name] = _typed(data[name], hint, f"{cls.__name__}.{name}")
        return cls(**values)


def _hints(cls: type[Record]) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls)}  # type: ignore[arg-type]


def _optional(cls: type[Record]) -> frozenset[str]:
    return frozenset(
        field.name
        for field in dataclasses.fields(cls)  # type: ignore[arg-type]
        if field.default is not dataclasses.MISSING
    )


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return value.to_json()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _typed(value: object, hint: Any, where: str) -> object:
    origin = typing.get_origin(hint)
    if origin is tuple and isinstance(value, list):
        return tuple(_typed(item, typing.get_args(hint)[0], where) for item in value)
    if origin is types.UnionType:
        if value is None:
            return None
        return _typed(value, typing.get_args(hint)[0], where)
    if hint is Fraction and isinstance(value, str):
        return Fraction(value)
    if isinstance(hint, type):
        if issubclass(hint, Record):
            return hint.from_json(value)
        if hint is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if isinstance(value, hint) and (hint is not int or not isinstance(value, bool)):
            return value
    raise ValueError(f"{where} has a wrong type")
