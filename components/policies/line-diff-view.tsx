import { useMemo } from 'react'
import { diffLines, type DiffLine } from '@/core/text/line-diff'
import { withUnseenShown } from '@/core/text/text'
import { plural } from '../format'

/** Unchanged lines shown around a change. */
const around = 3

const signs: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', removed: '−', added: '+' }
const looks: Readonly<Record<DiffLine['kind'], string>> = {
  same: '',
  removed: 'bg-[color-mix(in_srgb,var(--bad)_14%,transparent)]',
  added: 'bg-[color-mix(in_srgb,var(--ok)_14%,transparent)]',
}

/** What differs between two manifests, with a few lines around each change. */
export function LineDiffView({ before, after, label }: { before: string; after: string; label: string }) {
  const lines = useMemo(() => diffLines(before, after), [before, after])
  const near = useMemo(() => nearChanges(lines), [lines])
  if (!lines.some(({ kind }) => kind !== 'same'))
    return <p className="py-2 text-xs text-fg-3">Nothing differs in what the manifest says.</p>
  return (
    <section
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by itself, so it must be reached by keyboard
      tabIndex={0}
      className="max-h-[50vh] overflow-auto rounded-md border border-line bg-canvas py-2"
    >
      <pre className="font-mono text-xs leading-[18px]">
        {near.map((part, i) =>
          typeof part === 'number' ? (
            <span key={i} className="block px-3 text-fg-3 select-none">
              … {plural(part, 'line')} as before
            </span>
          ) : (
            <code key={i} className={`block px-3 ${looks[part.kind]}`}>
              <span className="mr-2 text-fg-3 select-none" aria-hidden="true">
                {signs[part.kind]}
              </span>
              {part.kind !== 'same' && <span className="sr-only">{part.kind}: </span>}
              {withUnseenShown(part.text)}
              {'\n'}
            </code>
          ),
        )}
      </pre>
    </section>
  )
}

/** The lines near a change; a number stands for as many lines that are left out. */
function nearChanges(lines: readonly DiffLine[]): readonly (DiffLine | number)[] {
  const changed = lines.flatMap(({ kind }, at) => (kind === 'same' ? [] : [at]))
  const shown = new Set(changed.flatMap((at) => Array.from({ length: 2 * around + 1 }, (_, i) => at - around + i)))
  const parts: (DiffLine | number)[] = []
  let left = 0
  for (const [at, line] of lines.entries()) {
    if (!shown.has(at)) {
      left++
      continue
    }
    if (left > 0) parts.push(left)
    left = 0
    parts.push(line)
  }
  return left > 0 ? [...parts, left] : parts
}
