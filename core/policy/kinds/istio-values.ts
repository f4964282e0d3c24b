import type { EndMatch } from '../end-match'
import { itemsAt, type Reader, field, isAbsent, refuse, textAt } from '../read'
import type { TextMatch } from '../request-match'

/** Group of Istio's policies, and where those for the whole mesh are (Istio's default). */
export const istioGroup = 'security.istio.io'
export const istioRoot = 'istio-system'

/** A list of texts and its negation (`principals`, `notPrincipals`); both must hold. An empty list is no condition. */
export type Values = { readonly of: readonly string[]; readonly not: readonly string[] }

export const valuesAt = (at: Reader, name: string): Values => ({
  of: textsAt(field(at, name)),
  not: textsAt(field(at, `not${name.charAt(0).toUpperCase()}${name.slice(1)}`)),
})

export function textsAt(at: Reader): readonly string[] {
  return (itemsAt(at) ?? []).map((item) => {
    const text = textAt(item) ?? ''
    if (text === '' && (isAbsent(item) || item.value === '')) refuse(item, 'must not be empty')
    return text
  })
}

export const hasValues = ({ of, not }: Values): boolean => of.length > 0 || not.length > 0

/** The conditions that a list and its negation make; none where both are empty. */
export const conditionsOf = <Match>(
  { of, not }: Values,
  match: (values: readonly string[]) => Match,
): readonly (Match | { readonly is: 'not'; readonly of: Match })[] => [
  ...(of.length > 0 ? [match(of)] : []),
  ...(not.length > 0 ? [{ is: 'not', of: match(not) } as const] : []),
]

/** `*`: there, whatever it is; a leading or a trailing `*`; else exact. */
export function wildcard(text: string): TextMatch {
  if (text === '*') return { how: 'prefix', text: '' }
  if (text.startsWith('*')) return { how: 'suffix', text: text.slice(1) }
  return text.endsWith('*') ? { how: 'prefix', text: text.slice(0, -1) } : { how: 'exact', text }
}

export const identity = (names: readonly TextMatch[]): EndMatch => ({ is: 'identity', mesh: 'istio', names })

/** `cluster.local` in a policy stands for the trust domain of the mesh, whatever that is. */
const ownDomain = 'cluster.local/'

export const principals = (values: readonly string[]): EndMatch =>
  identity(
    values.map((value) => {
      if (!value.startsWith(ownDomain)) return wildcard(value)
      const rest = value.slice(ownDomain.length - 1)
      return rest.endsWith('*') ? { how: 'glob', parts: ['', rest.slice(0, -1), ''] } : { how: 'suffix', text: rest }
    }),
  )

/** Looked for in the proven name; every `*` stands for anything. */
export const namespaces = (values: readonly string[]): EndMatch =>
  identity(values.map((value) => ({ how: 'glob', parts: ['', ...`/ns/${value}/`.split('*'), ''] })))

/** `name` of the policy's namespace, or `namespace/name`. */
export const serviceAccounts =
  (own: string) =>
  (values: readonly string[]): EndMatch =>
    identity(
      values.map((value) => {
        const [space = '', name] = value.split('/')
        return { how: 'suffix', text: name === undefined ? `/ns/${own}/sa/${space}` : `/ns/${space}/sa/${name}` }
      }),
    )

export const trustDomains = (values: readonly string[]): EndMatch =>
  identity(values.map((value) => ({ how: 'glob', parts: `${value}/*`.split('*') })))
