"""What a folder of films says about them, by names and by the files beside them. Plain Python: no database.

`scanning` finds files, `names` reads what they are called, `nfo` and `subtitles` and `beside` read what lies next to
them, and `planning` puts all of it together as titles. `catalog.services.import_media` writes.
"""
