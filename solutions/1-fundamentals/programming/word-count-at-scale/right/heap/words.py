import heapq
import re


# Only k words are wanted, so only k are kept in order: less work than a sort of all
# where k is small. Splitting is the other way to see a text: name what separates.
def top_words(text, k):
    counts = {}
    for piece in re.split(r"[^\w']+", text.lower()):
        word = piece.strip("'")
        if word:
            counts[word] = counts.get(word, 0) + 1
    return heapq.nsmallest(k, counts.items(), key=lambda pair: (-pair[1], pair[0]))
