"""Search: text analysis, vocabulary, query language, and the two engines behind one narrow door."""
