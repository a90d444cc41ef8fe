"""The mutations of accounts, one file each."""

from accounts.graphql.mutations.activate_profile import ActivateProfile
from accounts.graphql.mutations.create_profile import CreateProfile
from accounts.graphql.mutations.create_token import CreateToken
from accounts.graphql.mutations.decide_device import DecideDevice, ReviewDevice
from accounts.graphql.mutations.delete_profile import DeleteProfile
from accounts.graphql.mutations.end_logins import EndBrowserSession, SignOutElsewhere
from accounts.graphql.mutations.erasing import EraseAccount, ExportAccount, KeepAccount
from accounts.graphql.mutations.revoke_token import RevokeToken
from accounts.graphql.mutations.sign_in import SignIn
from accounts.graphql.mutations.sign_out import SignOut
from accounts.graphql.mutations.sign_up import SignUp
from accounts.graphql.mutations.update_profile import UpdateProfile

__all__ = [
    "ActivateProfile",
    "CreateProfile",
    "CreateToken",
    "DecideDevice",
    "DeleteProfile",
    "EndBrowserSession",
    "EraseAccount",
    "ExportAccount",
    "KeepAccount",
    "ReviewDevice",
    "RevokeToken",
    "SignIn",
    "SignOut",
    "SignOutElsewhere",
    "SignUp",
    "UpdateProfile",
]
