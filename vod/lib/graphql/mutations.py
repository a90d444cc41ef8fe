"""The one shape of a mutation: `input` in; what changed and `errors` out.

A mutation is a class with an `Input` class, output fields, an error type, and `perform`. What the
caller did wrong is raised by services as DomainError and becomes an entry of `errors`.
"""

from typing import Any

import graphene
from graphene.types.mutation import MutationOptions

from vod.lib.actor import Scope
from vod.lib.errors import DomainError, ErrorCode

FORBIDDEN = "FORBIDDEN"


def error_type(name: str, codes: type[ErrorCode]) -> type[graphene.ObjectType]:
    """An object type `name` with `field`, `code` (an enum of `codes` called `<name>Code`) and `message`."""
    code_enum = graphene.Enum.from_enum(codes, name=f"{name}Code", description=_describe(name))
    return type(
        name,
        (graphene.ObjectType,),
        {
            "codes": frozenset(code.value for code in codes),
            "__doc__": "What the caller did wrong: the input's field or null, a code, a sentence for a person.",
            "field": graphene.String(description="The field of the input that is wrong, or null."),
            "code": graphene.Field(code_enum, required=True, description="For programs."),
            "message": graphene.String(required=True, description="A sentence for a person."),
        },
    )


def _describe(name: str) -> Any:
    def describe(value: Any) -> str:
        return f"Codes of {name}." if value is None else str(value.meaning)

    return describe


class InputMutation(graphene.Mutation):
    """Base of all mutations. `class Meta: errors = <error type>`; `class Input` is optional.

    `scope` in Meta is what the login must be good for: OPERATE where it is left out, None for what nobody has to be
    signed in for. Here, and for REST in `accounts.api`, is where tokens are held to their scopes.
    """

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, *args: Any, **options: Any) -> None:
        errors = options.pop("errors", None)
        if errors is None:
            raise TypeError(f"{cls.__name__}.Meta needs errors")
        cls.errors = graphene.List(
            graphene.NonNull(errors), required=True, description="What the caller did wrong."
        )
        cls._error_type = errors
        cls.scope = options.pop("scope", Scope.OPERATE)
        if cls.scope is not None and FORBIDDEN not in errors.codes:
            raise TypeError(f"{errors.__name__} needs the code {FORBIDDEN}")
        input_class = getattr(cls, "Input", None)
        arguments: dict[str, Any] = {}
        if input_class is not None:
            base = f"{cls.__name__}Input"
            # What several inputs share stands in a class that they inherit from.
            given = {
                key: value
                for kind in reversed(input_class.__mro__[:-1])
                for key, value in vars(kind).items()
                if not key.startswith("__")
            }
            doc = input_class.__doc__ or f"Input of {cls.__name__[0].lower()}{cls.__name__[1:]}."
            # A shared input is declared once as an InputObjectType and named by `of`.
            shared = given.pop("of", None)
            input_type = shared or type(base, (graphene.InputObjectType,), {"__doc__": doc, **given})
            arguments = {"input": input_type(required=True)}
        if "_meta" not in options:
            options["_meta"] = MutationOptions(cls)
        super().__init_subclass_with_meta__(arguments=arguments, **options)

    @classmethod
    def mutate(cls, _root: Any, info: Any, input: dict[str, Any] | None = None) -> Any:
        if lack := info.context.actor.lacks(cls.scope):
            return cls(errors=[cls._error_type(field=None, code=FORBIDDEN, message=lack)])
        try:
            return cls.perform(info, **(input or {}))
        except DomainError as error:
            return cls(
                errors=[cls._error_type(field=error.field, code=error.code.value, message=error.message)]
            )

    @classmethod
    def perform(cls, *args: Any, **values: Any) -> Any:
        """Given `info` and the input's fields, calls one service and returns `cls(..., errors=[])`.

        Each mutation names its own fields. Raises DomainError.
        """
        raise TypeError(f"{cls.__name__} has no perform method")
