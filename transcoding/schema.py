"""Wiring of the factory's root fields."""


class TranscodingQueries:
    pass


class TranscodingMutations:
    pass
