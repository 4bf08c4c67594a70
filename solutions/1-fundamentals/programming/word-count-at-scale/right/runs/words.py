from itertools import groupby


# No dictionary: once all words are sorted, equal ones stand together, and each run is
# counted. The words are cut out letter by letter, with isalpha() for any alphabet.
def top_words(text, k):
    runs = [(word, len(list(run))) for word, run in groupby(sorted(words(text.lower())))]
    runs.sort(key=lambda pair: pair[1], reverse=True)  # a stable sort: ties stay in order
    return runs[:k]


def words(text):
    word = ""
    for each, after in zip(text, text[1:] + " "):
        if each.isalpha() or (each == "'" and word and after.isalpha()):
            word += each
        elif word:
            yield word
            word = ""
    if word:
        yield word
