export class Account {
  constructor(limit) {
    this.limit = limit;
    this.balance = 0;
  }

  // TODO(learn): deposit, withdraw and transfer refuse what breaks the rules,
  // and history lists what happened

  deposit(cents) {}

  withdraw(cents) {}

  transfer(other, cents) {}

  history() {
    return [];
  }
}
