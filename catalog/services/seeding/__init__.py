"""A library for trying things out and measuring them: large, invented, and shaped like a real one."""
