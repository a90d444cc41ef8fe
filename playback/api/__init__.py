"""Bytes and beacons: every media object behind its token, and what players send when they close."""
