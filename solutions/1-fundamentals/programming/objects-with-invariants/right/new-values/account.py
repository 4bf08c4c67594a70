# The history is a tuple, which nobody can edit: each change makes a new one. It can be
# handed out as it is. `balance = 0` on the class is safe, because a number cannot be
# edited either: `self.balance += …` gives the object its own.
class Account:
    balance = 0
    entries = ()

    def __init__(self, limit):
        self.limit = limit

    def deposit(self, cents):
        self.balance, self.entries = self._with(cents, cents)

    def withdraw(self, cents):
        self.balance, self.entries = self._with(cents, -cents)

    def transfer(self, other, cents):
        mine = self._with(cents, -cents)
        theirs = other._with(cents, cents)
        self.balance, self.entries = mine
        other.balance, other.entries = theirs

    def history(self):
        return list(self.entries)

    def _with(self, cents, change):
        balance = self.balance + change
        if cents < 1 or balance < 0 or balance > self.limit:
            raise ArithmeticError(f"refused: {cents}")
        return balance, (*self.entries, change)
