// The history is a frozen array, which nobody can edit: each change makes a new one,
// so it can be handed out as it is.
const START = { balance: 0, entries: Object.freeze([]) };

export class Account {
  #limit;
  #now = START;

  constructor(limit) {
    this.#limit = limit;
  }

  get balance() {
    return this.#now.balance;
  }

  deposit(cents) {
    this.#now = this.#after(cents, cents);
  }

  withdraw(cents) {
    this.#now = this.#after(cents, -cents);
  }

  transfer(other, cents) {
    const mine = this.#after(cents, -cents);
    const theirs = other.#after(cents, cents);
    this.#now = mine;
    other.#now = theirs;
  }

  history() {
    return this.#now.entries;
  }

  #after(cents, change) {
    const balance = this.#now.balance + change;
    if (cents < 1 || balance < 0 || balance > this.#limit) throw new Error(`refused: ${cents}`);
    return { balance, entries: Object.freeze([...this.#now.entries, change]) };
  }
}
