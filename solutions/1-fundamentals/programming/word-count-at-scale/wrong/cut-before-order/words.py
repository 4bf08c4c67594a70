import re
from collections import Counter


def top_words(text, k):
    counts = Counter(re.findall(r"\w+(?:'\w+)*", text.lower()))
    return sorted(counts.most_common(k), key=lambda pair: (-pair[1], pair[0]))
