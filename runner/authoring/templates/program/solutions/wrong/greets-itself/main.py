import sys

if len(sys.argv) < 2:
    sys.exit(2)
for name in sys.argv:
    print(f"Hello, {name}!")
