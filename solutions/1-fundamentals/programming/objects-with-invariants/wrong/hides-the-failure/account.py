# The error of the second step is caught, and the first step stays.
class Account:
    def __init__(self, limit):
        self.limit = limit
        self.balance = 0
        self.entries = []

    def deposit(self, cents):
        if cents <= 0 or self.balance + cents > self.limit:
            raise ValueError("too much")
        self.balance += cents
        self.entries.append(cents)

    def withdraw(self, cents):
        if cents <= 0 or cents > self.balance:
            raise ValueError("too little")
        self.balance -= cents
        self.entries.append(-cents)

    def transfer(self, other, cents):
        try:
            self.withdraw(cents)
            other.deposit(cents)
            return True
        except ValueError:
            return False

    def history(self):
        return list(self.entries)
