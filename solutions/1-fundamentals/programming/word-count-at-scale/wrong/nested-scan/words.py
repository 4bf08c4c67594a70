import re


def top_words(text, k):
    words = re.findall(r"\w+(?:'\w+)*", text.lower())
    counts = [(word, words.count(word)) for word in set(words)]
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:k]
