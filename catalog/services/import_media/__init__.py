"""`import_media`: a folder of films and series into the catalogue and into the factory's queue.

`run` is the way in; `knowing` finds again what was imported before, `matching` the titles that are there already,
`making` writes a title's rows, `taking` gives its files to the factory, `hanging` its pictures.
"""
