"""Wiring of playback: its mutations, its fields on lower types, its rows on the home page,
and what ends with a sign-out."""

from accounts.sessions import ends_with_login
from catalog.selectors.home import own_sources
from playback.graphql import extensions, remembering
from playback.graphql.mutations.add_to_my_list import AddToMyList
from playback.graphql.mutations.heartbeat import Heartbeat
from playback.graphql.mutations.mark_watched import MarkWatched
from playback.graphql.mutations.rate_title import RateTitle
from playback.graphql.mutations.remove_from_continue_watching import RemoveFromContinueWatching
from playback.graphql.mutations.remove_from_my_list import RemoveFromMyList
from playback.graphql.mutations.start_playback import StartPlayback
from playback.graphql.mutations.stop_playback import StopPlayback
from playback.selectors.home import own
from playback.services.end_streams_of_login import end_streams_of_login


class PlaybackMutations:
    """Root fields of playback."""

    start_playback = StartPlayback.Field()
    heartbeat = Heartbeat.Field()
    stop_playback = StopPlayback.Field()
    add_to_my_list = AddToMyList.Field()
    remove_from_my_list = RemoveFromMyList.Field()
    rate_title = RateTitle.Field()
    mark_watched = MarkWatched.Field()
    remove_from_continue_watching = RemoveFromContinueWatching.Field()


extensions.register()
remembering.register()
own_sources.append(own)
ends_with_login.append(end_streams_of_login)
