"""Laid beside the learner's file: two calls whose lists are looked at after both, which plain calls cannot show."""

import remember


def both(first, second):
    """What two calls without a list returned, as it is after the second."""
    one = remember.add_tag(first)
    two = remember.add_tag(second)
    return [one, two]
