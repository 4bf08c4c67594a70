import sys

if len(sys.argv) < 2:
    print("Use: main.py NAME...")
for name in sys.argv[1:]:
    print(f"Hello, {name}!")
