"""The kernel under sanitizers: every door with whole and with damaged problems."""
