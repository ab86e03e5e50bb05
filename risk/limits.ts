/** What is looked at; longer, deeper or more is dangerous by itself. */
export const limits = {
  /** In UTF-16 units. A step of a runbook is far shorter. */
  length: 65_536,
  /** Of syntax in syntax and of commands in commands. */
  depth: 128,
  /** Of one word that is code in another language: awk, sed, SQL, JavaScript. */
  code: 8_192,
  commands: 4_000,
  /** In UTF-16 units, of all shell code: code in code is parsed once for each level. */
  parsed: 262_144,
} as const;
