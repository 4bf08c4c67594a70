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
    if (cents <= 0 || cents >= this.balance || other.balance + cents > other.limit) {
      throw new Error(`cannot transfer ${cents}`);
    }
    this.withdraw(cents);
    other.deposit(cents);
  }

  history() {
    return this.entries.slice();
  }
}
