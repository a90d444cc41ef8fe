import graphene


class CollectionWords:
    """What may be said of a collection, in the inputs that make or change one."""

    slug = graphene.String(description="The collection in addresses; made from the name if there is none.")
    synopsis = graphene.String(description="What it is about, in the library's own language.")
    shown_from = graphene.DateTime(description="From when on it is shown; null while it is not ready.")
    shown_until = graphene.DateTime(description="Until when; null for good.")
    home_place = graphene.Int(
        description="Its place among the collections of the home page, the least first; null: it has no row there."
    )
