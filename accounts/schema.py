"""Wiring of the accounts' root fields."""

from accounts.graphql import mutations
from accounts.graphql.queries import (
    AccountQueries,
    visible_browser_session,
    visible_plan,
    visible_profile,
    visible_token,
    visible_user,
)
from vod.lib.graphql.registry import register_node

__all__ = ["AccountMutations", "AccountQueries"]

register_node("User", visible_user)
register_node("Profile", visible_profile)
register_node("Plan", visible_plan)
register_node("AccessToken", visible_token)
register_node("BrowserSession", visible_browser_session)


class AccountMutations:
    """Root fields of accounts that write."""

    sign_up = mutations.SignUp.Field(description=mutations.SignUp.__doc__)
    sign_in = mutations.SignIn.Field(description=mutations.SignIn.__doc__)
    sign_out = mutations.SignOut.Field(description=mutations.SignOut.__doc__)
    create_profile = mutations.CreateProfile.Field(description=mutations.CreateProfile.__doc__)
    update_profile = mutations.UpdateProfile.Field(description=mutations.UpdateProfile.__doc__)
    delete_profile = mutations.DeleteProfile.Field(description=mutations.DeleteProfile.__doc__)
    activate_profile = mutations.ActivateProfile.Field(description=mutations.ActivateProfile.__doc__)
    create_token = mutations.CreateToken.Field(description=mutations.CreateToken.__doc__)
    end_browser_session = mutations.EndBrowserSession.Field(description=mutations.EndBrowserSession.__doc__)
    sign_out_elsewhere = mutations.SignOutElsewhere.Field(description=mutations.SignOutElsewhere.__doc__)
    review_device = mutations.ReviewDevice.Field(description=mutations.ReviewDevice.__doc__)
    decide_device = mutations.DecideDevice.Field(description=mutations.DecideDevice.__doc__)
    revoke_token = mutations.RevokeToken.Field(description=mutations.RevokeToken.__doc__)
    export_account = mutations.ExportAccount.Field(description=mutations.ExportAccount.__doc__)
    erase_account = mutations.EraseAccount.Field(description=mutations.EraseAccount.__doc__)
    keep_account = mutations.KeepAccount.Field(description=mutations.KeepAccount.__doc__)
