# Remember both accounts whole, try, and put everything back when a step refuses:
# what a database does. It needs no question ahead, but every trace must be restored.
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
        saved = [(each, each.balance, each.history()) for each in (self, other)]
        try:
            self.withdraw(cents)
            other.deposit(cents)
        except Exception:
            for account, balance, history in saved:
                account.balance = balance
                account._history = history
            raise

    def history(self):
        return self._history.copy()
