from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.people import Person
from catalog.services.people import update_person
from vod.lib.graphql.ids import decode_id


class UpdatePerson(OperatorMutation):
    """Changes what is given of somebody; what is left out or null stays."""

    class Input:
        """The person, and what is new."""

        person_id = graphene.ID(required=True, description="The person.")
        name = graphene.String(description="The name as credited.")

    person = graphene.Field(Person, description="The person as they are now.")

    @classmethod
    def change(cls, person_id: str, **values: Any) -> Any:
        return cls(person=update_person(person_id=decode_id(person_id, "Person"), **values), errors=[])
