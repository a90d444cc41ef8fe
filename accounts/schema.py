"""Wiring of the accounts' root fields."""


class AccountQueries:
    pass


class AccountMutations:
    pass
