"""How requests are served: an asynchronous door in front of the WSGI application.

The door holds the connections, receives bodies and sends them; a thread of the pages is taken only for what
is computed. So a client that is slow costs a socket and a few kilobytes, and never a thread.
"""
