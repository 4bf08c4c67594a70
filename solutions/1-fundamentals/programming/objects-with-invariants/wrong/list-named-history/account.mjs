// One name for the list and for the method: the list, set later, hides the method.
export class Account {
  constructor(limit) {
    this.limit = limit;
    this.balance = 0;
    this.history = [];
  }

  deposit(cents) {
    this.balance += cents;
    this.history.push(cents);
  }

  withdraw(cents) {
    this.balance -= cents;
    this.history.push(-cents);
  }

  history() {
    return this.history;
  }
}
