/** A three-valued truth (Kleene): what a policy or an end leaves open is `maybe`, never guessed. Ordered no < maybe < yes. */
export type Tri = 0 | 1 | 2
export const no: Tri = 0
export const maybe: Tri = 1
export const yes: Tri = 2

export const triNot = (value: Tri): Tri => (value === yes ? no : value === no ? yes : maybe)
export const triOf = (value: boolean): Tri => (value ? yes : no)

/** All of them hold: the least. Empty is yes. Stops at the first no. */
export function triEvery<T>(items: Iterable<T>, of: (item: T) => Tri): Tri {
  let least: Tri = yes
  for (const item of items) {
    const value = of(item)
    if (value === no) return no
    if (value < least) least = value
  }
  return least
}

/** One of them holds: the greatest. Empty is no. Stops at the first yes. */
export function triSome<T>(items: Iterable<T>, of: (item: T) => Tri): Tri {
  let most: Tri = no
  for (const item of items) {
    const value = of(item)
    if (value === yes) return yes
    if (value > most) most = value
  }
  return most
}
