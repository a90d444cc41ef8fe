"""Addresses of beacons and of media."""
