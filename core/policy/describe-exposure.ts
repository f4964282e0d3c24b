import { rangeText } from './address-parts'
import { list } from './describe-match'
import type { ExposureChange } from './exposure-change'
import { workloadKey } from './model'
import { portLine } from './port-text'
import { countNamespaces, type Reach } from './reach'

/** A change as sentences: "Opens shop/db to 14 more workloads (12 in batch, 2 in web) on TCP 5432." */
export function describeExposureChange({ workload, direction, ...change }: ExposureChange): readonly string[] {
  const name = workloadKey(workload)
  const into = direction === 'ingress'
  const sentence = (verb: string) => (reach: Reach) => `${verb} ${whoWords(reach, verb)} on ${portWords(reach)}.`
  return [
    ...change.added.map(sentence(into ? `Opens ${name} to` : `Lets ${name} out to`)),
    ...change.closed.map(sentence(into ? `Closes ${name} to` : `Keeps ${name} from`)),
    ...change.opened.map(
      sentence(into ? `Leaves open whether ${name} lets in` : `Leaves open whether ${name} reaches`),
    ),
  ]
}

function whoWords({ workloads, outside }: Reach, verb: string): string {
  const more = verb.startsWith('Opens') || verb.startsWith('Lets') ? ' more' : ''
  const number = workloads.length
  const namespaces = countNamespaces(workloads)
  const shown = namespaces.slice(0, 3).map((one) => `${one.workloads} in ${one.namespace}`)
  const rest = namespaces.length > 3 ? [`${namespaces.length - 3} more namespaces`] : []
  const inside =
    number === 0 ? [] : [`${number}${more} workload${number === 1 ? '' : 's'} (${[...shown, ...rest].join(', ')})`]
  const ranges = outside.slice(0, 3).map(rangeText)
  const further = outside.length > 3 ? [`${outside.length - 3} more ranges`] : []
  const world =
    outside.length === 0
      ? []
      : [everywhere(ranges) ? 'every address outside' : `the addresses ${list([...ranges, ...further], 'and')}`]
  return list([...inside, ...world], 'and')
}

const all = ['0.0.0.0-255.255.255.255', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']

const everywhere = (ranges: readonly string[]): boolean =>
  ranges.length === all.length && all.every((range) => ranges.includes(range))

function portWords({ ports }: Reach): string {
  const line = portLine(ports)
  return line === 'all' ? 'every port' : line.replaceAll('; ', ' and ').replaceAll(',', ', ')
}
