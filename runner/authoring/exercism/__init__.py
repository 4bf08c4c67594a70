"""An Exercism track as a pack: `track` reads it, `translate` makes the checks, `pages` the texts, `pack` the rest."""
