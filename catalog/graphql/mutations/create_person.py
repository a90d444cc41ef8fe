from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.people import Person
from catalog.services.people import create_person


class CreatePerson(OperatorMutation):
    """Adds somebody who has no credits yet. Two people may have one name."""

    class Input:
        """Who it is."""

        name = graphene.String(required=True, description="The name as credited.")

    person = graphene.Field(Person, description="The new person.")

    @classmethod
    def change(cls, name: str) -> Any:
        return cls(person=create_person(name=name), errors=[])
