# The list of changes is the only thing stored; the balance is worked out from it,
# so the two can never disagree. Both sides are asked before either is changed.
class Account:
    def __init__(self, limit):
        self._limit = limit
        self._entries = []

    @property
    def balance(self):
        return sum(self._entries)

    def deposit(self, cents):
        self._may_change(cents, cents)
        self._entries.append(cents)

    def withdraw(self, cents):
        self._may_change(cents, -cents)
        self._entries.append(-cents)

    def transfer(self, other, cents):
        self._may_change(cents, -cents)
        other._may_change(cents, cents)
        self._entries.append(-cents)
        other._entries.append(cents)

    def history(self):
        return list(self._entries)

    def _may_change(self, cents, change):
        if cents <= 0:
            raise ValueError(f"an amount must be above 0, not {cents}")
        if not 0 <= self.balance + change <= self._limit:
            raise ValueError(f"{change} does not fit: balance {self.balance}, limit {self._limit}")
