"""The steps of setting Doorstep up, standard library only; `packaging/bootstrap.py` calls them."""
