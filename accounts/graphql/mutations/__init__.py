"""The mutations of accounts, one file each."""

from accounts.graphql.mutations.activate_profile import ActivateProfile
from accounts.graphql.mutations.create_profile import CreateProfile
from accounts.graphql.mutations.delete_profile import DeleteProfile
from accounts.graphql.mutations.sign_in import SignIn
from accounts.graphql.mutations.sign_out import SignOut
from accounts.graphql.mutations.sign_up import SignUp
from accounts.graphql.mutations.update_profile import UpdateProfile

__all__ = [
    "ActivateProfile",
    "CreateProfile",
    "DeleteProfile",
    "SignIn",
    "SignOut",
    "SignUp",
    "UpdateProfile",
]
