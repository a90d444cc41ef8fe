"""Wiring of the accounts' root fields."""

from accounts.graphql import mutations
from accounts.graphql.queries import AccountQueries, visible_plan, visible_profile, visible_user
from vod.lib.graphql.registry import register_node

__all__ = ["AccountMutations", "AccountQueries"]

register_node("User", visible_user)
register_node("Profile", visible_profile)
register_node("Plan", visible_plan)


class AccountMutations:
    """Root fields of accounts that write."""

    sign_up = mutations.SignUp.Field(description=mutations.SignUp.__doc__)
    sign_in = mutations.SignIn.Field(description=mutations.SignIn.__doc__)
    sign_out = mutations.SignOut.Field(description=mutations.SignOut.__doc__)
    create_profile = mutations.CreateProfile.Field(description=mutations.CreateProfile.__doc__)
    update_profile = mutations.UpdateProfile.Field(description=mutations.UpdateProfile.__doc__)
    delete_profile = mutations.DeleteProfile.Field(description=mutations.DeleteProfile.__doc__)
    activate_profile = mutations.ActivateProfile.Field(description=mutations.ActivateProfile.__doc__)
