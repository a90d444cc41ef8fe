"""What all of the catalogue's mutations share: their error type, and who may call them."""

from collections.abc import Callable
from typing import Any, ClassVar

from catalog.errors import CatalogError, CatalogErrorCode
from vod.lib.graphql.mutations import InputMutation, error_type

CatalogErrorType = error_type("CatalogError", CatalogErrorCode)


class OperatorMutation(InputMutation):
    """Answers UNAUTHENTICATED or FORBIDDEN in `errors` to whoever is no operator, and does nothing."""

    class Meta:
        abstract = True

    # Each mutation's own: calls one service and returns `cls(..., errors=[])`; raises CatalogError.
    change: ClassVar[Callable[..., Any]]

    @classmethod
    def __init_subclass_with_meta__(cls, errors: Any = CatalogErrorType, **options: Any) -> None:
        super().__init_subclass_with_meta__(errors=errors, **options)

    @staticmethod
    def check(info: Any) -> None:
        """Raises CatalogError UNAUTHENTICATED or FORBIDDEN unless an operator asks."""
        actor = info.context.actor
        if not actor.is_signed_in:
            raise CatalogError(CatalogErrorCode.UNAUTHENTICATED, "Sign in as an operator.")
        if not actor.is_operator:
            raise CatalogError(CatalogErrorCode.FORBIDDEN, "Only operators may change the library.")

    @classmethod
    def perform(cls, info: Any, **values: Any) -> Any:
        cls.check(info)
        return cls.change(**values)


def given(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """Those of `names` that stand in `values` and are not null."""
    return {name: values[name] for name in names if values.get(name) is not None}
