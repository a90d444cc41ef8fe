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
    tags = graphene.List(
        graphene.NonNull(graphene.String), description="Tags by slug or name; new ones are made."
    )
    countries = graphene.List(
        graphene.NonNull(graphene.String),
        description="Where it was made: ISO 3166-1 codes of two letters, in their order.",
    )
    languages = graphene.List(
        graphene.NonNull(graphene.String), description="What is spoken in it: BCP 47 tags, in their order."
    )
    is_featured = graphene.Boolean(description="Whether it may stand large on the home page.")
