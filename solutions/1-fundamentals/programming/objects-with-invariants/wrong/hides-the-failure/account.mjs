// The error of the second step is caught, and the first step stays.
export class Account {
  constructor(limit) {
    this.limit = limit;
    this.balance = 0;
    this.entries = [];
  }

  deposit(cents) {
    if (cents <= 0 || this.balance + cents > this.limit) throw new Error("too much");
    this.balance += cents;
    this.entries.push(cents);
  }

  withdraw(cents) {
    if (cents <= 0 || cents > this.balance) throw new Error("too little");
    this.balance -= cents;
    this.entries.push(-cents);
  }

  transfer(other, cents) {
    try {
      this.withdraw(cents);
      other.deposit(cents);
      return true;
    } catch {
      return false;
    }
  }

  history() {
    return [...this.entries];
  }
}
