"""The demo library: short films made on the spot from ffmpeg's generators, and three clips from npm."""
