class Account:
    def __init__(self, limit):
        self.limit = limit
        self.balance = 0

    # TODO(learn): deposit, withdraw and transfer refuse what breaks the rules,
    # and history lists what happened

    def deposit(self, cents):
        pass

    def withdraw(self, cents):
        pass

    def transfer(self, other, cents):
        pass

    def history(self):
        return []
