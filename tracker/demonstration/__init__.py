"""The demonstration: real published reports, and an invented plan, register and self-evaluation round them.

``seed/demo/`` tells it with days counted from the day of loading. Each of its days is played in order, through the
commands that pages use and in the name of whoever did it, so that no state is shown which the product would refuse.
"""
