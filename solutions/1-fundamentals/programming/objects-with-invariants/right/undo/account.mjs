// Remember both accounts whole, try, and put everything back when a step refuses:
// what a database does. It needs no question ahead, but every trace must be restored.
export class Account {
  constructor(limit) {
    this.limit = limit;
    this.balance = 0;
    this.entries = [];
  }

  deposit(cents) {
    if (cents <= 0 || this.balance + cents > this.limit) throw new Error(`cannot deposit ${cents}`);
    this.balance += cents;
    this.entries.push(cents);
  }

  withdraw(cents) {
    if (cents <= 0 || cents > this.balance) throw new Error(`cannot withdraw ${cents}`);
    this.balance -= cents;
    this.entries.push(-cents);
  }

  transfer(other, cents) {
    const saved = [this, other].map((account) => ({ account, balance: account.balance, entries: account.history() }));
    try {
      this.withdraw(cents);
      other.deposit(cents);
    } catch (error) {
      for (const { account, balance, entries } of saved) Object.assign(account, { balance, entries });
      throw error;
    }
  }

  history() {
    return this.entries.slice();
  }
}
