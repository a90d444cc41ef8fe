"""The video factory in plain Python: no Django, no Celery, no storage; files in, files out."""
