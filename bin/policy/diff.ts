import { csvLine } from '@/core/text/csv'
import { diff } from '@/core/policy/diff'
import { type ListedChange, listChanges } from '@/core/policy/list-changes'
import { portLine, type PortTexts, portTexts } from '@/core/policy/port-text'
import { isNothing } from '@/core/policy/connections'
import { clean } from '@/core/text/text'
import { type JudgingOptions, loadPolicies } from './load-policies'
import { type Terminal, writeAll } from './terminal'

export type DiffOptions = JudgingOptions & { readonly output: 'txt' | 'json' | 'csv'; readonly exitCode?: boolean }

/** One entry of the JSON output; what does not change is left out. */
export type DiffEntry = {
  readonly from: string
  readonly to: string
  readonly newlyAllowed?: PortTexts
  readonly newlyDenied?: PortTexts
  /** Neither allowed nor denied any more. */
  readonly leftOpen?: PortTexts
  /** Where an end is in one of the two only. */
  readonly fromOnlyIn?: 'old' | 'new'
  readonly toOnlyIn?: 'old' | 'new'
}

/** `oriel policy diff`: what a change of manifests does to possible connections. 1 where they differ and that is asked for. */
export async function diffCommand(old: string, now: string, options: DiffOptions, terminal: Terminal): Promise<number> {
  const before = await loadPolicies([old], options, terminal)
  const after = await loadPolicies([now], options, terminal)
  const changes = listChanges(diff(before.compiled, after.compiled))
  await writeAll(terminal, writers[options.output](changes))
  return options.exitCode === true && changes.length > 0 ? 1 : 0
}

const writers = { txt: asText, json: asJson, csv: asCsv }

const kinds = [
  { field: 'newlyAllowed', title: 'Newly allowed' },
  { field: 'newlyDenied', title: 'Newly denied' },
  { field: 'leftOpen', title: 'Left open (neither allowed nor denied any more)' },
] as const

function* asJson(changes: readonly ListedChange[]): Iterable<string> {
  if (changes.length === 0) yield '[]\n'
  for (const [i, change] of changes.entries())
    yield `${i === 0 ? '[\n' : ''}${JSON.stringify(entryOf(change))}${i === changes.length - 1 ? '\n]\n' : ',\n'}`
}

function entryOf({ from, to, fromOnlyIn, toOnlyIn, ...change }: ListedChange): DiffEntry {
  const parts = kinds.flatMap(({ field }) => (isNothing(change[field]) ? [] : [[field, portTexts(change[field])]]))
  return {
    from,
    to,
    ...Object.fromEntries(parts),
    ...(fromOnlyIn ? { fromOnlyIn } : {}),
    ...(toOnlyIn ? { toOnlyIn } : {}),
  }
}

function* asText(changes: readonly ListedChange[]): Iterable<string> {
  if (changes.length === 0) yield 'The same connections are possible.\n'
  const shown = changes.map((change) => ({
    ...change,
    from: nameOf(change.from, change.fromOnlyIn),
    to: nameOf(change.to, change.toOnlyIn),
  }))
  const width = (end: 'from' | 'to') => shown.reduce((most, one) => Math.max(most, one[end].length), 0)
  const [left, right] = [width('from'), width('to')]
  let before = ''
  for (const { field, title } of kinds) {
    const own = shown.filter((change) => !isNothing(change[field]))
    if (own.length === 0) continue
    yield `${before}${title}\n`
    for (const change of own)
      yield `  ${change.from.padEnd(left)}  =>  ${change.to.padEnd(right)}  ${portLine(change[field])}\n`
    before = '\n'
  }
}

const nameOf = (name: string, onlyIn: 'old' | 'new' | undefined) =>
  `${clean(name, 600)}${onlyIn === 'old' ? ' (gone)' : onlyIn === 'new' ? ' (new)' : ''}`

function* asCsv(changes: readonly ListedChange[]): Iterable<string> {
  yield csvLine(['change', 'from', 'to', 'ports', 'from only in', 'to only in'])
  for (const { field } of kinds)
    for (const change of changes)
      if (!isNothing(change[field]))
        yield csvLine([
          field,
          change.from,
          change.to,
          portLine(change[field]),
          change.fromOnlyIn ?? null,
          change.toOnlyIn ?? null,
        ])
}
