"""Laid beside the learner's file: edits what a function of theirs returned, and tells what its arguments are then."""

import cart


def edited(name, args, path, key, value):
    """Call NAME with ARGS and edit the result at PATH: set KEY to VALUE, or add VALUE at the end if KEY is None.

    Returns what the edit was refused with (or None), the result and the arguments, all as they are afterwards.
    """
    result = getattr(cart, name)(*args)
    refused = None
    try:
        owner = result
        for step in path:
            owner = owner[step]
        if key is None:
            owner.append(value)
        else:
            owner[key] = value
    except Exception as error:
        refused = str(error)
    return [refused, result, args]
