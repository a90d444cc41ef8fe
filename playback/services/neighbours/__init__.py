"""Computing what is like what: all of it once a day, what is new within a minute."""
