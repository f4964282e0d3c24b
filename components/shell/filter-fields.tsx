import { fieldNames, filterTerms } from '@/core/filter/filter-terms'

const joins = [
  ['a b', 'both'],
  ['a or b', 'either; also a | b'],
  ['!a', 'not; also -a, not a'],
  ['ns:a,b', 'one of several'],
  ['(a or b) c', 'groups'],
  ['"two words"', 'text as it stands'],
  ['cart-*', 'any characters'],
  ['from:ns=shop', 'of the caller; to: of the callee'],
] as const

/** How terms are joined, and every field of the filter language. */
export function FilterFields() {
  return (
    <div className="mt-3 grid gap-x-6 gap-y-3 border-t border-line pt-3 sm:grid-cols-[1fr_2fr]">
      <section>
        <h2 className="px-2 pb-1 text-2xs text-fg-3">Joining terms</h2>
        <Terms rows={joins} />
      </section>
      <section>
        <h2 className="px-2 pb-1 text-2xs text-fg-3">Fields</h2>
        <Terms rows={fieldNames().map((field) => [filterTerms[field].example, filterTerms[field].help])} />
      </section>
    </div>
  )
}

const Terms = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <dl className="px-2">
    {rows.map(([example, help]) => (
      <div key={example} className="flex gap-3 py-0.5 text-xs">
        <dt className="w-32 shrink-0 truncate font-mono">{example}</dt>
        <dd className="text-fg-2">{help}</dd>
      </div>
    ))}
  </dl>
)
