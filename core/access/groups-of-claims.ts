import { type GroupsClaim, longestGroup, mostGroups } from './identity'

type Claims = Readonly<Record<string, unknown>>

/**
 * The groups that claims tell at a path: a claim's own name (`groups`, `https://example.org/groups`) or names joined by
 * dots (`realm_access.roles`). One text is one group. Names that are empty or too long are left out.
 */
export function groupsOfClaims(claims: Claims, path: string): GroupsClaim {
  const value = valueAt(claims, path)
  if (value === undefined || value === null) return { missing: isOverage(claims, path) ? 'overage' : 'absent' }
  const list = typeof value === 'string' ? [value] : value
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) return { missing: 'malformed' }
  if (list.length > mostGroups) return { missing: 'too-many' }
  return { groups: [...new Set(list.filter((name) => name !== '' && name.length <= longestGroup))] }
}

function valueAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  let value: unknown = claims
  for (const name of path.split('.')) {
    if (!isClaims(value) || !Object.hasOwn(value, name)) return undefined
    value = value[name]
  }
  return value
}

const elsewhere = '_claim_names'

/** OpenID Connect Core 5.6.2: the claim is to be fetched elsewhere. Entra also says `hasgroups`. */
const isOverage = (claims: Claims, path: string): boolean =>
  (isClaims(claims[elsewhere]) && Object.hasOwn(claims[elsewhere], path.split('.')[0] ?? path)) ||
  claims.hasgroups === true

const isClaims = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
