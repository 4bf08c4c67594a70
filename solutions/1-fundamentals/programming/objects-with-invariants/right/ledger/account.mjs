// The list of changes is the only thing stored; the balance is worked out from it,
// so the two can never disagree. Both sides are asked before either is changed.
export class Account {
  #limit;
  #entries = [];

  constructor(limit) {
    this.#limit = limit;
  }

  get balance() {
    return this.#entries.reduce((sum, each) => sum + each, 0);
  }

  deposit(cents) {
    this.#mayChange(cents, cents);
    this.#entries.push(cents);
  }

  withdraw(cents) {
    this.#mayChange(cents, -cents);
    this.#entries.push(-cents);
  }

  transfer(other, cents) {
    this.#mayChange(cents, -cents);
    other.#mayChange(cents, cents);
    this.#entries.push(-cents);
    other.#entries.push(cents);
  }

  history() {
    return [...this.#entries];
  }

  #mayChange(cents, change) {
    if (!(cents > 0)) throw new RangeError(`an amount must be above 0, not ${cents}`);
    const next = this.balance + change;
    if (next < 0 || next > this.#limit) throw new RangeError(`${change} does not fit: balance ${this.balance}`);
  }
}
