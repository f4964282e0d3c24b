import { csvCell, csvLine } from '@/core/text/csv'
import type { Connections } from '@/core/policy/decision'
import { type ConnectionList, connectionList } from '@/core/policy/index/connection-list'
import { portLine, type PortTexts, portTexts } from '@/core/policy/port-text'
import { isNothing } from '@/core/policy/connections'
import { clean } from '@/core/text/text'
import { type JudgingOptions, loadPolicies } from './load-policies'
import { type Terminal, writeAll } from './terminal'

export type ConnectionsOptions = JudgingOptions & {
  readonly file: readonly string[]
  readonly output: 'txt' | 'json' | 'csv'
}

/** One entry of the JSON output. `connections`: surely allowed; `open`, where there is any: neither allowed nor denied. */
export type ConnectionEntry = {
  readonly from: string
  readonly to: string
  readonly connections: PortTexts
  readonly open?: PortTexts
}

/** `oriel policy connections`: everything that policies let pass. Pairs are written while they are found. */
export async function connectionsCommand(options: ConnectionsOptions, terminal: Terminal): Promise<number> {
  const { compiled } = await loadPolicies(options.file, options, terminal)
  await writeAll(terminal, writers[options.output](connectionList(compiled)))
  return 0
}

const writers = { txt: asText, json: asJson, csv: asCsv }

function* asJson({ pairs }: ConnectionList): Iterable<string> {
  const end = kept((passes: Connections) => JSON.stringify(passesEntry(passes)).slice(1))
  const quoted = kept((name: string) => JSON.stringify(name))
  let before = '[\n'
  for (const { from, to, passes } of pairs()) {
    yield `${before}{"from":${quoted(from)},"to":${quoted(to)},${end(passes)}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

const passesEntry = ({ allowed, open }: Connections): Omit<ConnectionEntry, 'from' | 'to'> => ({
  connections: portTexts(allowed),
  ...(isNothing(open) ? {} : { open: portTexts(open) }),
})

function* asText({ workloads, pairs }: ConnectionList): Iterable<string> {
  const width = Math.max(...workloads.map((name) => name.length), widestAddresses)
  const padded = kept((name: string) => clean(name, 600).padEnd(width))
  const end = kept(({ allowed, open }: Connections) =>
    [portLine(allowed), isNothing(open) ? '' : `open: ${portLine(open)}`].filter(Boolean).join('; '),
  )
  let any = false
  for (const { from, to, passes } of pairs()) {
    any = true
    yield `${padded(from)}  =>  ${padded(to)}  ${end(passes)}\n`
  }
  if (!any) yield 'No connections are allowed.\n'
}

/** Of all of IPv6. */
const widestAddresses = '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'.length

function* asCsv({ pairs }: ConnectionList): Iterable<string> {
  yield csvLine(['from', 'to', 'connections', 'open'])
  const cell = kept(csvCell)
  const end = kept(({ allowed, open }: Connections) => csvLine([portLine(allowed), portLine(open)]))
  for (const { from, to, passes } of pairs()) yield `${cell(from)},${cell(to)},${end(passes)}`
}

/** Made once for each key; lists have few keys and millions of lines. */
function kept<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const had = known.get(key)
    if (had !== undefined) return had
    const made = make(key)
    known.set(key, made)
    return made
  }
}
