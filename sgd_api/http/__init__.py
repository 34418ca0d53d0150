"""The HTTP API: the app, who calls, how often, errors as bodies. Addresses lie in `routes/`.

What must not live here: the command line, or the processes of a machine (`sgd_api/local`).
"""
