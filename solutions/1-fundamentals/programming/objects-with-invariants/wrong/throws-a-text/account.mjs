// What is thrown is a text.
export class Account {
  constructor(limit) {
    this.limit = limit;
    this.balance = 0;
    this.entries = [];
  }

  deposit(cents) {
    if (cents <= 0 || this.balance + cents > this.limit) throw "too much";
    this.balance += cents;
    this.entries.push(cents);
  }

  withdraw(cents) {
    if (cents <= 0 || cents > this.balance) throw "too little";
    this.balance -= cents;
    this.entries.push(-cents);
  }

  transfer(other, cents) {
    if (other.balance + cents > other.limit) throw "too much";
    this.withdraw(cents);
    other.deposit(cents);
  }

  history() {
    return [...this.entries];
  }
}
