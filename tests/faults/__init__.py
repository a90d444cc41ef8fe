"""The fault suite: real workers, real ffmpeg, and a seeded vandal that kills, stops, doubles, wipes and locks."""
