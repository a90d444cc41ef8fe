"""The demo library: `seed` makes its titles and pictures, `making` its films, one after the other."""
