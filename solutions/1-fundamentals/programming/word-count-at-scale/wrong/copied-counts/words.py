import re


def top_words(text, k):
    counts = {}
    for word in re.findall(r"\w+(?:'\w+)*", text.lower()):
        counts = {**counts, word: counts.get(word, 0) + 1}
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
