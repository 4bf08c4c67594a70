import re
from collections import Counter


def top_words(text, k):
    return Counter(re.findall(r"\w+(?:'\w+)*", text.lower())).most_common(k)
