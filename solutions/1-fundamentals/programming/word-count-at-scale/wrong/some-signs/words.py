def top_words(text, k):
    for sign in ".,;:!?-":
        text = text.replace(sign, " ")
    counts = {}
    for word in text.lower().split():
        word = word.strip("'")
        counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
