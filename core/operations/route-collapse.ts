/** Bounds of what one callee's operations may be, so that no caller can make up names without end. */
export const operationLimits = {
  /** Distinct operations of a callee and port; more are counted together. */
  operations: 200,
  /** Distinct values at one place of a path; more are `{name}`. */
  values: 100,
  /** Places of paths that are remembered. */
  places: 1_000,
} as const

type Place = { readonly next: Map<string, Place>; any: Place | null }

export type RouteCollapse = (operation: string) => string

const anyValue = '{name}'

/**
 * Collapses the places of a callee's paths that have too many values: what comes after the bound is
 * `GET /products/{name}`, whatever stood there. Operations that are no path stay as they are. The
 * names that it gives are at most those before the bound and what collapses. O(segments).
 */
export function createRouteCollapse(limits: { readonly values: number; readonly places: number }): RouteCollapse {
  const root: Place = { next: new Map(), any: null }
  let places = 0

  const step = (place: Place, segment: string): [Place, string] => {
    if (place.any) return [place.any, anyValue]
    const known = place.next.get(segment)
    if (known) return [known, segment]
    const added: Place = { next: new Map(), any: null }
    if (place.next.size >= limits.values || places >= limits.places) {
      places -= countPlaces(place) - 1
      place.next.clear()
      place.any = added
      return [added, anyValue]
    }
    places++
    place.next.set(segment, added)
    return [added, segment]
  }

  return (operation) => {
    const at = operation.startsWith('/') ? 0 : operation.indexOf(' /') + 1
    if (at === 0 && !operation.startsWith('/')) return operation
    let place = root
    let route = ''
    for (const segment of operation.slice(at + 1).split('/')) {
      const [next, name] = step(place, segment)
      place = next
      route += `/${name}`
    }
    return operation.slice(0, at) + route
  }
}

function countPlaces(place: Place): number {
  let n = 0
  for (const next of place.next.values()) n += 1 + countPlaces(next)
  return n + (place.any ? 1 + countPlaces(place.any) : 0)
}
