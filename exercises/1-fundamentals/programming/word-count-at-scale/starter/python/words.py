def top_words(text, k):
    # TODO(learn): return the K most frequent words of TEXT with their counts
    return []
