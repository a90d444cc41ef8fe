import graphene


class TitleWords:
    """What may be said of a movie or a series, in the inputs that make or change one."""

    year = graphene.Int(description="The year of release.")
    synopsis = graphene.String(description="What it is about.")
    maturity_rating = graphene.String(description="A rating of a known system, such as U, 12A or TV-MA.")
    genres = graphene.List(
        graphene.NonNull(graphene.String), description="Genres by slug or name; new ones are made."
    )
    original_name = graphene.String(description="What it is called where it was made.")
    original_language = graphene.String(description="The BCP 47 tag of its language.")
    is_featured = graphene.Boolean(description="Whether it may stand large on the home page.")
