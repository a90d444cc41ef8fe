"""Lantern on real engines, as several machines: what a large installation is, on one computer."""
