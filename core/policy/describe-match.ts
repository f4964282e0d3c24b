import type { EndMatch, NamespaceMatch, Place } from './end-match'
import type { LabelMatch } from './label-match'
import type { PortItem, PortMatch } from './ports'
import type { TextMatch } from './request-match'

export const list = (texts: readonly string[], and: string): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${and} ${texts.at(-1)}`

/** Labels as people write them: `app=web`, `tier in (a, b)`; '' for any. */
export function describeLabels(match: LabelMatch): string {
  switch (match.op) {
    case 'any':
      return ''
    case 'in':
      return match.values.length === 1
        ? `${match.key}=${match.values[0]}`
        : `${match.key} in (${match.values.join(', ')})`
    case 'not-in':
      return match.values.length === 1
        ? `${match.key}≠${match.values[0]}`
        : `${match.key} not in (${match.values.join(', ')})`
    case 'has':
      return `with ${match.key}`
    case 'lacks':
      return `without ${match.key}`
    case 'contains':
    case 'starts-with':
    case 'ends-with':
      return `${match.key} ${match.op.replace('-', ' ')} "${match.value}"`
    case 'every':
      return list(match.of.map(describeLabels).filter(Boolean), 'and')
    case 'some':
      return match.of.length === 0 ? 'no labels' : `(${list(match.of.map(describeLabels), 'or')})`
    case 'not':
      return `not (${describeLabels(match.of) || 'any'})`
  }
}

/** An end as part of a sentence: "pods app=web in namespace shop". */
export function describeEnd(match: EndMatch): string {
  switch (match.is) {
    case 'anything':
      return 'anybody'
    case 'nothing':
      return 'nobody'
    case 'unclear':
      return 'ends that are not known here'
    case 'workload':
      return `${pods(match.labels)}${describeNamespaces(match.namespace)}`
    case 'account': {
      const names = match.names === null ? describeLabels(match.labels) || 'any' : list(match.names, 'or')
      return `pods with service account ${names}${describeNamespaces(match.namespace)}`
    }
    case 'address':
      return `${list(match.cidrs, 'or')}${match.except.length > 0 ? ` except ${list(match.except, 'and')}` : ''}`
    case 'place':
      return list(
        match.places.map((place) => placeWords[place]),
        'or',
      )
    case 'dns-name':
      return list(match.names.map(describeText), 'or')
    case 'identity':
      return match.names.every(({ how, ...one }) => how === 'prefix' && 'text' in one && one.text === '')
        ? 'whoever proves an identity with mTLS'
        : `whoever proves with mTLS to be ${list(match.names.map(describeText), 'or')}`
    case 'mesh':
      return `pods with a proxy of ${match.mesh === 'istio' ? 'Istio' : 'Linkerd'}`
    case 'every':
      return (
        list(match.of.filter(({ is }) => is !== 'place' && is !== 'anything').map(describeEnd), 'and') ||
        describeFirst(match.of)
      )
    case 'some':
      return match.of.length === 0 ? 'nobody' : list(match.of.map(describeEnd), 'or')
    case 'not':
      return `all but ${describeEnd(match.of)}`
  }
}

const describeFirst = ([first]: readonly EndMatch[]): string => (first ? describeEnd(first) : 'anybody')

const placeWords: Readonly<Record<Place, string>> = {
  workload: 'pods',
  'own-node': 'the node that it runs on',
  'other-node': 'other nodes',
  'kube-apiserver': 'the API server',
  outside: 'the world outside the cluster',
}

const pods = (labels: LabelMatch): string => {
  const words = describeLabels(labels)
  return words === '' ? 'every pod' : `pods ${words}`
}

function describeNamespaces(match: NamespaceMatch): string {
  if (match.by === 'any') return ''
  if (match.by === 'name') return ` in namespace ${list(match.names, 'or')}`
  const words = describeLabels(match.labels)
  return words === '' ? ' in any namespace' : ` in namespaces ${words}`
}

export function describeText(match: TextMatch): string {
  if (match.how === 'glob') return match.parts.join('*')
  if (match.how === 'template') return match.segments.join('/')
  if (match.how === 'exact' || match.how === 'domain') return match.text
  return match.how === 'prefix' ? `${match.text}*` : `*${match.text}`
}

/** `TCP 80, 443–444 and UDP 53`; "every port" where nothing limits it. */
export function describePorts(match: PortMatch | null): string {
  const some = match?.some ? list(match.some.map(describeItem), 'and') || 'no port' : 'every port'
  const none = match?.none ?? []
  return none.length === 0 ? some : `${some} except ${list(none.map(describeItem), 'and')}`
}

function describeItem({ protocol, port }: PortItem): string {
  const prefix = protocol === 'any' ? '' : `${protocol} `
  if (port === 'any') return protocol === 'any' ? 'every port' : `${protocol}`
  if ('name' in port) return `${prefix}${port.name}`
  return `${prefix}${port.from === port.to ? port.from : `${port.from}–${port.to}`}`
}
