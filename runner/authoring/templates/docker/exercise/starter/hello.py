"""Greets the name in the environment. It is finished."""

import os

print(f"Hello, {os.environ.get('NAME', 'you')}!")
