/** Something that terraform would refuse as well: a wrong type, a missing key. Evaluation turns it into a failed value. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}

/** Something that terraform can tell and that cannot be told here: too many digits, a rare verb. Evaluation turns it into an unknown value. */
export class Untold extends Error {
  override readonly name = 'Untold';
}

/** The budget of an evaluation is used up. Evaluation turns it into an unknown value. */
export class OutOfBudget extends Error {
  override readonly name = 'OutOfBudget';
}
