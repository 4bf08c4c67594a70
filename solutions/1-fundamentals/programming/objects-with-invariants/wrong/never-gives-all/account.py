class Account:
    def __init__(self, limit):
        self.limit = limit
        self.balance = 0
        self._history = []

    def deposit(self, cents):
        if cents <= 0 or self.balance + cents > self.limit:
            raise ValueError(f"cannot deposit {cents}")
        self.balance += cents
        self._history.append(cents)

    def withdraw(self, cents):
        if cents <= 0 or cents > self.balance:
            raise ValueError(f"cannot withdraw {cents}")
        self.balance -= cents
        self._history.append(-cents)

    def transfer(self, other, cents):
        if cents <= 0 or cents >= self.balance or other.balance + cents > other.limit:
            raise ValueError(f"cannot transfer {cents}")
        self.withdraw(cents)
        other.deposit(cents)

    def history(self):
        return self._history.copy()
