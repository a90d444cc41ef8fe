"""From a fresh machine to a running product, with the standard library alone.

Nothing here may import Django, the apps or any package, since this code runs before there are any; `inside.py`
alone does, in a process of its own.
"""
