def top_words(text, k):
    counts = {}
    word = ""
    for each in text.lower():
        if each.isalpha() or each == "'":
            word += each
        else:
            word = word.strip("'")
            if word:
                counts[word] = counts.get(word, 0) + 1
            word = ""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
