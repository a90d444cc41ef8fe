"""What only PostgreSQL can show, and `python -m tests.postgres`: the tests of the database on a real server."""
