# One name for the list and for the method: the list, set later, hides the method.
class Account:
    def __init__(self, limit):
        self.limit = limit
        self.balance = 0
        self.history = []

    def deposit(self, cents):
        self.balance += cents
        self.history.append(cents)

    def withdraw(self, cents):
        self.balance -= cents
        self.history.append(-cents)

    def history(self):
        return self.history
