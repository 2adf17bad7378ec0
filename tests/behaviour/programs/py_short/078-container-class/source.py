class Deck:
    def __init__(self, cards):
        self._cards = list(cards)

    def __len__(self):
        return len(self._cards)

    def __getitem__(self, i):
        return Deck(self._cards[i]) if isinstance(i, slice) else self._cards[i]

    def __setitem__(self, i, value):
        self._cards[i] = value

    def __contains__(self, card):
        return card in self._cards

    def __repr__(self):
        return f"Deck({' '.join(self._cards)})"


deck = Deck(r + s for s in "HS" for r in "AKQ")
print(len(deck), deck[0], deck[-1], "QS" in deck, "2H" in deck)
print(deck[1:3], deck[::-1])
deck[0] = "JOKER"
print([c for c in deck if len(c) > 2], list(reversed(deck))[:2])
try:
    deck[99]
except IndexError as e:
    print("IndexError:", e)
