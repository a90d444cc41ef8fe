"""Wiring of the playback's root fields."""


class PlaybackMutations:
    pass
