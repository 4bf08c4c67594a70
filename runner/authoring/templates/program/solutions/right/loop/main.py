import sys

names = sys.argv[1:]
if not names:
    print("Use: main.py NAME...", file=sys.stderr)
    sys.exit(2)
for name in names:
    print(f"Hello, {name}!")
