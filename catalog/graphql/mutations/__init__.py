"""The catalogue's mutations, one file each. Every one asks for an operator."""
