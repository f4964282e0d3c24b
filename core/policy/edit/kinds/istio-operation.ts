import { type Fields, isFields } from '../../read'
import { sameData, valueAt } from '../object-op'
import type { Path } from '../path'
import type { PortChoice, RequestChoice, VisualRule } from '../visual'
import { alsoIn, fieldsOf, listAt, textOf, withValue } from './fields'
import { isRefused, type Next, refused, type Refused } from './kind-editor'
import { strangePort } from './network-policy-port'

type Parts = Pick<VisualRule, 'ports' | 'requests' | 'also'>
const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : []).flatMap((one: unknown) => textOf(one) ?? [])

/** What `to` says. Operations that ask for different ports are shown as YAML. */
export function operationsOf(rule: Fields, path: Path): Parts {
  const operations = operationsIn(rule)
  if (!operations) {
    const odd = { path: [...path, 'to'], value: strangePort }
    const also = alsoIn({ to: rule.to }, path, [])
    return { ports: { are: 'some', items: [odd] }, requests: { are: 'everything' }, also }
  }
  const ports = listAt(operations[0], ['ports'])
  const asking = operations.some(({ methods, paths }) => methods !== undefined || paths !== undefined)
  return {
    ports:
      ports.length === 0
        ? { are: 'everything' }
        : {
            are: 'some',
            items: ports.map((port, i) => ({ path: [...path, 'to', 0, 'operation', 'ports', i], value: portOf(port) })),
          },
    requests: asking
      ? { are: 'some', items: operations.map((one, i) => ({ path: [...path, 'to', i], value: requestOf(one) })) }
      : { are: 'everything' },
    also: [],
  }
}

/** The operations where all are about the same ports and ask for nothing but methods and paths; else null. */
function operationsIn(rule: Fields): readonly Fields[] | null {
  const items = listAt(rule, ['to'])
  const operations = items.map((item) => (isFields(item) && Object.keys(item).length === 1 ? item.operation : null))
  const plain = operations.flatMap((one) =>
    isFields(one) && Object.keys(one).every((key) => key === 'ports' || key === 'methods' || key === 'paths')
      ? [one]
      : [],
  )
  const alike = plain.every(({ ports }) => sameData(ports ?? [], plain[0]?.ports ?? []))
  return plain.length === items.length && alike ? plain : null
}

function portOf(value: unknown): PortChoice {
  const number = Number(textOf(value) ?? Number.NaN)
  return Number.isInteger(number) ? { protocol: 'TCP', port: { from: number, to: number } } : strangePort
}

const requestOf = ({ methods, paths }: Fields): RequestChoice => ({ methods: textsOf(methods), paths: textsOf(paths) })

const odd = refused('What this rule says of requests is edited as YAML.')

export function withIstioPorts(rule: Fields, next: Next<PortChoice>): Fields | Refused {
  const operations = operationsIn(rule)
  if (!operations) return odd
  const ports = next === 'everything' ? undefined : portTexts(rule, next)
  if (isRefused(ports)) return ports
  return withOperations(
    rule,
    (operations.length > 0 ? operations : [{}]).map((one) => withValue(one, ['ports'], ports)),
  )
}

function portTexts(rule: Fields, next: Exclude<Next<PortChoice>, 'everything'>): readonly string[] | Refused {
  const texts: string[] = []
  for (const item of next) {
    if ('keep' in item) {
      texts.push(textOf(valueAt(rule, item.keep)) ?? '')
      continue
    }
    const { protocol, port } = item.value
    if (protocol !== 'TCP' && protocol !== 'any') return refused('Istio judges TCP only.')
    if (port === 'any' || 'name' in port || port.to > port.from)
      return refused('Istio names ports by number, each by itself.')
    texts.push(String(port.from))
  }
  return texts
}

/** Each request is an operation of its own, about the same ports. */
export function withIstioRequests(rule: Fields, next: Next<RequestChoice>): Fields | Refused {
  const operations = operationsIn(rule)
  if (!operations) return odd
  const ports = operations[0]?.ports
  const base: Fields = ports === undefined ? {} : { ports }
  if (next === 'everything') return withOperations(rule, [base])
  return withOperations(
    rule,
    next.map((item) => {
      const { methods, paths } =
        'keep' in item ? requestOf(fieldsOf(valueAt(rule, [...item.keep, 'operation']))) : item.value
      return { ...base, ...(methods.length > 0 ? { methods } : {}), ...(paths.length > 0 ? { paths } : {}) }
    }),
  )
}

/** Operations that ask for nothing are none. */
function withOperations(rule: Fields, operations: readonly Fields[]): Fields {
  const some = operations.every((one) => Object.keys(one).length > 0)
  return withValue(rule, ['to'], some ? operations.map((operation) => ({ operation })) : undefined)
}
