/**
 * What protected traffic on its way. `mtls`: both peers proved who they are; `tunnel`: WireGuard or IPsec between
 * the nodes; `tls`: encrypted, peer not verified; `same-node`: it never left its node, so there was no way to
 * protect. `unknown` is no evidence, and neither plaintext nor encrypted.
 */
export const encryptionClasses = ['mtls+tunnel', 'mtls', 'tunnel', 'tls', 'same-node', 'plaintext', 'unknown'] as const
export type EncryptionClass = (typeof encryptionClasses)[number]

/** The classes that count as encrypted. */
export const encryptedClasses = ['mtls+tunnel', 'mtls', 'tunnel', 'tls'] as const satisfies readonly EncryptionClass[]

/** What is counted; coverage is told of each apart, because they cannot be added. */
export const encryptionUnits = ['requests', 'connections', 'bytes'] as const
export type EncryptionUnit = (typeof encryptionUnits)[number]

/** How much of one unit was in each class, over a window; the classes add up to all of it. */
export type Amounts = Readonly<Record<EncryptionClass, number>> & {
  /** Of `unknown`: certainly not encrypted, but it may never have left its node. */
  readonly notEncrypted: number
  /** Of `unknown`: certainly encrypted, or it never left its node. */
  readonly notExposed: number
}

/** Amounts of each unit; null where nobody told that unit. */
export type UnitAmounts = Readonly<Record<EncryptionUnit, Amounts | null>>

/**
 * Encrypted ÷ (encrypted + plaintext), 0..1, as bounds: `least` were all that is unknown plaintext, as far as it can
 * be; `most` were it encrypted. `same-node` is in neither.
 */
export type Coverage = { readonly least: number; readonly most: number }

/** How sure a class is: a witness saw it; it follows from where the pods were; it follows from what nobody saw. */
export const bases = ['measured', 'placement', 'inferred'] as const
export type Basis = (typeof bases)[number]
