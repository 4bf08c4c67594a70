import re
from collections import Counter

# One pass counts; one sort orders the different words. The minus turns the order of
# the counts round, and leaves that of the words.
WORD = re.compile(r"\w+(?:'\w+)*")


def top_words(text, k):
    counts = Counter(WORD.findall(text.lower()))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
