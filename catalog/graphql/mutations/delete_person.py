from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.people import delete_person
from vod.lib.graphql.ids import decode_id, encode_id


class DeletePerson(OperatorMutation):
    """Takes somebody away, with all their credits."""

    class Input:
        """The person."""

        person_id = graphene.ID(required=True, description="The person.")

    deleted_person_id = graphene.ID(description="The id that it had.")

    @classmethod
    def change(cls, person_id: str) -> Any:
        key = delete_person(person_id=decode_id(person_id, "Person"))
        return cls(deleted_person_id=encode_id("Person", key), errors=[])
